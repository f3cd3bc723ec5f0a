import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const CalendarPage = () => <h1>{useText(shellText).pages.calendar}</h1>;

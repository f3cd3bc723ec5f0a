import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const ReportsPage = () => <h1>{useText(shellText).pages.reports}</h1>;

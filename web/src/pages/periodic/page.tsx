import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const PeriodicPage = () => <h1>{useText(shellText).pages.periodic}</h1>;

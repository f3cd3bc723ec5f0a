import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const ConfirmPage = () => <h1>{useText(shellText).pages.confirm}</h1>;

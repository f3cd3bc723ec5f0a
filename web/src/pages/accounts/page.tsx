import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const AccountsPage = () => <h1>{useText(shellText).pages.accounts}</h1>;

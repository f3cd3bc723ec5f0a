import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const SettingsPage = () => <h1>{useText(shellText).pages.settings}</h1>;

import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const MyPage = () => <h1>{useText(shellText).pages.my}</h1>;

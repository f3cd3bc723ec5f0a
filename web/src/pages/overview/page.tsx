import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const OverviewPage = () => <h1>{useText(shellText).pages.overview}</h1>;

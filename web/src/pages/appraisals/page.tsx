import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const AppraisalsPage = () => <h1>{useText(shellText).pages.appraisals}</h1>;

import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const WorkflowsPage = () => <h1>{useText(shellText).pages.workflows}</h1>;

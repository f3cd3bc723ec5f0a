import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const OperationsPage = () => <h1>{useText(shellText).pages.operations}</h1>;

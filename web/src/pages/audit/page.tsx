import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const AuditPage = () => <h1>{useText(shellText).pages.audit}</h1>;

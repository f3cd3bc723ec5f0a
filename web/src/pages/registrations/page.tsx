import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const RegistrationsPage = () => <h1>{useText(shellText).pages.registrations}</h1>;

import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const DifficultiesPage = () => <h1>{useText(shellText).pages.difficulties}</h1>;

import { shellText } from '../../shell/text.ts';
import { useText } from '../../text/index.ts';

export const UnitsPage = () => <h1>{useText(shellText).pages.units}</h1>;

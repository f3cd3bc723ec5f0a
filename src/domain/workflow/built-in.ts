// The definitions that come with the product, as ordinary files: administrators may publish them, copy them or not.
// That each passes the schema and every check is held by test/domain/workflow/built-in.test.ts.

import commitment from './built-in/commitment.json' with { type: 'json' };
import directiveTask from './built-in/directive-task.json' with { type: 'json' };
import periodicReport from './built-in/periodic-report.json' with { type: 'json' };
import registration from './built-in/registration.json' with { type: 'json' };
import type { Definition } from './definition.ts';

export const builtInDefinitions = [commitment, directiveTask, periodicReport, registration] as readonly Definition[];

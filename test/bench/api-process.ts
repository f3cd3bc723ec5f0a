// The product's API as a process of its own, as in production; no workers.
import { compose } from '../../src/compose.ts';
import { quiet, settings } from './ground.ts';

const composition = await compose(settings(process.env.DATABASE_URL ?? ''), quiet);
const server = composition.app().listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});

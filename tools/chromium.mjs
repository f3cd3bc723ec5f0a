// The browser of the tests in test/browser: the distribution's Chromium.
import { aptInstall, onPath } from './apt.mjs';

/** Path of a Chromium; undefined when there is none and none can be installed. */
export async function findChromium() {
  const found = () =>
    process.env.TEST_CHROMIUM || onPath('chromium') || onPath('chromium-browser') || onPath('google-chrome');
  if (found()) return found();
  await aptInstall('chromium', { program: 'chromium', purpose: 'the tests in a browser', seconds: 420 });
  return found();
}

import { type Browser, chromium } from 'playwright';
import { findBrowser } from '../../scripts/browser.ts';

/** A real Chromium, Playwright's own or the system's. */
export async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null)
    throw new Error('there is no Chromium: `npm test` installs one, or name one in PLUMBLINE_CHROMIUM');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Without these Chromium looks for the network at every start.
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
  ];
  return chromium.launch({ executablePath, args: [...sandbox, ...quiet, '--disable-gpu'] });
}

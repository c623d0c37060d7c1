import { type Browser, chromium } from 'playwright';

/** The browser of the tests. There is no graphics card where they run: drawn without one, a page takes less of the processor than with one that is imitated. */
export function launchBrowser(...args: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', ...args] });
}

import type { HostFrame } from '../../src/shared/contract/frames.ts';
import { contractSuite } from '../support/contractSuite.ts';
import { closeElectron, openElectron } from '../support/electronApp.ts';

interface Bridged {
  parrilla: { request(frame: unknown): Promise<HostFrame | null>; subscribe(listener: (frame: HostFrame) => void): void };
  seen: HostFrame[];
}
contractSuite('Electron IPC', async () => {
  const { app, page } = await openElectron();
  await page.getByTestId('first-run-es').waitFor();
  await page.evaluate(() => {
    const bridged = globalThis as unknown as Bridged;
    bridged.seen = [];
    bridged.parrilla.subscribe((frame) => bridged.seen.push(frame));
  });
  return {
    send: (frame) =>
      page.evaluate(async (sent) => {
        const bridged = globalThis as unknown as Bridged;
        const answer = await bridged.parrilla.request(sent);
        if (answer) bridged.seen.push(answer);
      }, frame as object),
    frames: () => page.evaluate(() => (globalThis as unknown as Bridged).seen),
    close: () => closeElectron(app),
  };
});

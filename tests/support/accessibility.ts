import axe from 'axe-core';
import type { Page } from 'playwright';

interface Axe {
  run(context: Document, options: { resultTypes: ['violations'] }): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>;
}

/**
 * What axe finds serious or critical on a page as it stands, each as "name: rule at place". Only findings come back from the page:
 * all that is in order, with its markup, would take longer to send than to check.
 */
export async function seriousFindings(page: Page, name: string): Promise<string[]> {
  // What is on its way in or out has no colours to measure; nothing may set out while it is measured.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'));
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, { resultTypes: ['violations'] });
    return violations.filter((each) => each.impact === 'serious' || each.impact === 'critical').map((each) => `${each.id} at ${each.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
  });
  return found.map((each) => `${name}: ${each}`);
}

import type { Locator, Page } from 'playwright';

/** Column of a day of the grid, counted from the first on show, or by its date. */
export const dayColumn = (page: Page, day: number | string): Locator => (typeof day === 'number' ? page.locator('.day-col').nth(day) : page.getByTestId(`day-${day}`));

/** Opens the folded hours that hold a minute. */
async function unfold(page: Page, minute: number): Promise<void> {
  for (const [side, inside] of [['before', minute < 12 * 60], ['after', minute >= 12 * 60]] as const) {
    const fold = page.getByTestId(`fold-${side}`);
    if (!inside || (await fold.count()) === 0 || (await fold.getAttribute('aria-expanded')) === 'true') continue;
    const { from, to } = await page.locator('.cgrid-body').evaluate((body) => ({ from: Number(body.dataset['from']), to: Number(body.dataset['to']) }));
    if (minute < from || minute >= to) await fold.click();
  }
}
/** The middle of the quarter that holds a minute of a day, relative to that day's column, scrolled into view. */
export async function pointOf(page: Page, day: number | string, minute: number): Promise<{ column: Locator; position: { x: number; y: number } }> {
  await unfold(page, minute);
  const column = dayColumn(page, day);
  const position = await column.evaluate((element, at) => {
    // The first line of its quarter: one that several posts share is higher than the others.
    const row = element.closest('.cgrid-body')?.querySelector<HTMLElement>(`.row[data-minute="${Math.floor(at / 15) * 15}"]`);
    const y = (row?.offsetTop ?? 0) + 7;
    const scroller = element.closest('.cgrid');
    if (scroller) scroller.scrollTop = y - scroller.clientHeight / 2;
    return { x: element.clientWidth / 2, y };
  }, minute);
  return { column, position };
}
export const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Drags something onto a time of a day, as a hand does. */
export async function dragTo(page: Page, source: Locator, day: number | string, time: string | number): Promise<void> {
  const { column, position } = await pointOf(page, day, typeof time === 'number' ? time : minutes(time));
  // The hand must be on it and on nothing over it, such as a dialog that is still going; during the drag itself chips let the pointer through.
  await source.hover();
  await source.dragTo(column, { targetPosition: position, force: true });
}
/** Drags something onto the quarter of an hour that is now. */
export async function dragToNow(page: Page, source: Locator): Promise<void> {
  const line = page.getByTestId('now-line');
  await line.waitFor({ state: 'attached' });
  const now = await line.evaluate((element) => {
    const top = Number.parseFloat((element as HTMLElement).style.top);
    const row = [...(element.closest('.cgrid-body')?.querySelectorAll<HTMLElement>('.row') ?? [])].findLast((each) => Number.parseFloat(each.style.top) <= top);
    return { day: element.closest('.day-col')?.getAttribute('data-day') ?? '', minute: Number(row?.dataset['minute'] ?? 0) };
  });
  await dragTo(page, source, now.day, now.minute);
}
/** Where a chip stands: its day, and its time as `HH:mm`. */
export async function placeOf(chip: Locator): Promise<{ day: string; time: string }> {
  return chip.evaluate((element) => {
    const minute = Number((element as HTMLElement).style.getPropertyValue('--m'));
    const pad = (n: number): string => String(n).padStart(2, '0');
    return { day: element.closest('.day-col')?.getAttribute('data-day') ?? '', time: `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}` };
  });
}

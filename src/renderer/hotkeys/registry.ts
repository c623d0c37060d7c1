/** Every key of the program: what it does, where it is told, how it is written. The sheet of keys is drawn from here. */

export const KEY_GROUPS = ['move', 'go', 'write', 'post', 'anywhere', 'inbox', 'calendar', 'library', 'fill'] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

const ROWS = [
  { id: 'step', group: 'move', keys: [['j'], ['k']] },
  { id: 'aside', group: 'move', keys: [['h'], ['l'], ['ArrowLeft', 'ArrowRight']] },
  { id: 'number', group: 'move', keys: [['1…9'], ['0']] },
  { id: 'details', group: 'move', keys: [['Enter']] },
  { id: 'person', group: 'move', keys: [['p']] },
  { id: 'fresh', group: 'move', keys: [['.']] },
  { id: 'close', group: 'move', keys: [['Escape']] },
  { id: 'goDeck', group: 'go', keys: [['g d']] },
  { id: 'goMentions', group: 'go', keys: [['g m']] },
  { id: 'goCalendar', group: 'go', keys: [['g c']] },
  { id: 'goLibrary', group: 'go', keys: [['g l']] },
  { id: 'goInbox', group: 'go', keys: [['g i']] },
  { id: 'goActivity', group: 'go', keys: [['g a']] },
  { id: 'goSettings', group: 'go', keys: [['g s']] },
  { id: 'new', group: 'write', keys: [['n']] },
  { id: 'send', group: 'write', keys: [['Mod+Enter']] },
  { id: 'saved', group: 'write', keys: [['/']], typed: true },
  { id: 'movePart', group: 'write', keys: [['Alt+ArrowUp'], ['Alt+ArrowDown']] },
  { id: 'undo', group: 'write', keys: [['Mod+z']] },
  { id: 'reply', group: 'post', keys: [['r']] },
  { id: 'repost', group: 'post', keys: [['t']] },
  { id: 'like', group: 'post', keys: [['f']], out: true },
  { id: 'open', group: 'post', keys: [['o']], out: true },
  { id: 'mutePerson', group: 'post', keys: [['u']] },
  { id: 'addColumn', group: 'post', keys: [['a']] },
  { id: 'clear', group: 'post', keys: [['c']] },
  { id: 'kept', group: 'post', keys: [['/']] },
  { id: 'palette', group: 'anywhere', keys: [[';'], ['Mod+k']] },
  { id: 'find', group: 'anywhere', keys: [['Mod+f']] },
  { id: 'area', group: 'anywhere', keys: [['F6'], ['Shift+F6']] },
  { id: 'sheet', group: 'anywhere', keys: [['?']] },
  { id: 'answer', group: 'inbox', keys: [['r']] },
  { id: 'done', group: 'inbox', keys: [['e']] },
  { id: 'snooze', group: 'inbox', keys: [['z']] },
  { id: 'label', group: 'inbox', keys: [['#']] },
  { id: 'high', group: 'inbox', keys: [['!']] },
  { id: 'route', group: 'inbox', keys: [['d']] },
  { id: 'keepDraft', group: 'inbox', keys: [['Mod+s']] },
  { id: 'select', group: 'inbox', keys: [['x']] },
  { id: 'mute', group: 'inbox', keys: [['u']] },
  { id: 'openCase', group: 'inbox', keys: [['o']], out: true },
  { id: 'grab', group: 'calendar', keys: [['m']] },
  { id: 'shift', group: 'calendar', keys: [['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']] },
  { id: 'fine', group: 'calendar', keys: [['Shift+ArrowUp'], ['Shift+ArrowDown']] },
  { id: 'drop', group: 'calendar', keys: [['Enter']] },
  { id: 'off', group: 'calendar', keys: [['Delete']] },
  { id: 'findItem', group: 'library', keys: [['/']] },
  { id: 'addItem', group: 'library', keys: [['a']] },
  { id: 'selectItem', group: 'library', keys: [['x']] },
  { id: 'removeItem', group: 'library', keys: [['Delete']] },
  { id: 'fillChange', group: 'fill', keys: [['Enter']] },
  { id: 'fillOut', group: 'fill', keys: [['x']] },
  { id: 'fillKeep', group: 'fill', keys: [['s']] },
  { id: 'fillPlan', group: 'fill', keys: [['Mod+Enter']] },
] as const satisfies readonly { id: string; group: KeyGroup; keys: readonly (readonly string[])[]; typed?: true; out?: true }[];

export type KeyId = (typeof ROWS)[number]['id'];
/** One action and the keys that do it. */
export interface KeyRow {
  id: KeyId;
  group: KeyGroup;
  /** Any of these does it; what stands in one of them is shown without an "or". Named as the layers name them: `j`, `g d`, `Mod+k`. */
  keys: readonly (readonly string[])[];
  /** A character that is written in a text, not a key: it stays what it is. */
  typed?: true;
  /** Ends on x.com. */
  out?: true;
}
export const KEY_ROWS: readonly KeyRow[] = ROWS;

/** The parts of a key's name, each a cap of its own: `Mod+k` is Ctrl and K, `g d` G and D. */
export function capsOf(name: string): readonly string[] {
  if (name === '1…9') return ['1', '…', '9'];
  return name.length === 1 ? [name] : name.split(/[+ ]/).map((part) => (part === 'Mod' ? 'Ctrl' : part));
}
/** Two keys one after the other, not together. */
export const isSequence = (name: string): boolean => name.includes(' ') && name.length > 1;

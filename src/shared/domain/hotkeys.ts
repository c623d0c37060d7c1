/**
 * The keys a user may give to another place: single characters (as produced, in lower case) and Delete. Arrows, Enter, Escape,
 * digits, G with its second letter and what is pressed with Ctrl are not among them: they mean the same in every program.
 */
export const CHANGEABLE_KEYS = ['j', 'k', 'h', 'l', 'p', '.', 'n', 'r', 't', 'f', 'o', 'u', 'a', 'c', '/', ';', '?', 'e', 'z', '#', '!', 'd', 'x', 'm', 's', 'Delete'] as const;
export type ChangeableKey = (typeof CHANGEABLE_KEYS)[number];
/** Which key does what another one did: the key it came as, and the one in force. What is not named is as it came. */
export type ChangedKeys = Readonly<Record<string, string>>;

/** Keys with a name that write nothing and are as good as a character. */
const NAMED: readonly string[] = ['Delete', 'Backspace'];
const isCharacter = (key: string): boolean => key.length === 1 && /^[\p{L}\p{P}\p{S}]$/u.test(key) && key === key.toLowerCase();

export const isChangeable = (key: string): key is ChangeableKey => (CHANGEABLE_KEYS as readonly string[]).includes(key);
/** May something be put on it? One printable character without a modifier, in lower case; no digit (columns), no G (prefix), no space. */
export const isFree = (key: string): boolean => key !== 'g' && (NAMED.includes(key) || isCharacter(key));
/** Pressed alone, it is a key of its own and not a part of a word. */
export const isSingle = (key: string): boolean => key.length === 1 || NAMED.includes(key);

const own = (changed: ChangedKeys, key: string): string | undefined => (Object.hasOwn(changed, key) ? changed[key] : undefined);
/** The key that now does what `key` did when it came. */
export const inForce = (changed: ChangedKeys, key: string): string => own(changed, key) ?? key;
/** Whose key is it now? The key it came as; null where nothing is on it. */
export const holderOf = (changed: ChangedKeys, key: string): ChangeableKey | null => CHANGEABLE_KEYS.find((each) => inForce(changed, each) === key) ?? null;

/** What a pressed key means, said as the key it came as; null where it was moved away and nothing took its place. */
export function translated(changed: ChangedKeys, pressed: string): string | null {
  const holder = holderOf(changed, pressed);
  if (holder !== null) return holder;
  return isChangeable(pressed) ? null : pressed;
}

/** With another key for one of them; as it came, it is no longer named. */
export function withKey(changed: ChangedKeys, of: ChangeableKey, key: string): ChangedKeys {
  const { [of]: _, ...rest } = changed;
  return key === of ? rest : { ...rest, [of]: key };
}
/** With a key that another one has: that one gets the key in exchange. */
export function exchanged(changed: ChangedKeys, of: ChangeableKey, key: string): ChangedKeys {
  const holder = holderOf(changed, key);
  const moved = withKey(changed, of, key);
  return holder === null || holder === of ? moved : withKey(moved, holder, inForce(changed, of));
}

/** Why a set of changes cannot be kept, in short; null when it can: two actions never share a key. */
export function faultOf(changed: ChangedKeys): string | null {
  for (const [of, key] of Object.entries(changed)) {
    if (!isChangeable(of)) return `${of.slice(0, 20)} is not for changing`;
    if (!isFree(key)) return `nothing can be put on ${key.slice(0, 20)}`;
  }
  const all = CHANGEABLE_KEYS.map((each) => inForce(changed, each));
  const twice = all.find((each, index) => all.indexOf(each) !== index);
  return twice === undefined ? null : `${twice} would do two things`;
}

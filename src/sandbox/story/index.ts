import { hashOf, seeded } from '../random.ts';
import { CONVERSATIONS_EN, CONVERSATIONS_ES } from './conversations.ts';
import { EN } from './en.ts';
import { ES } from './es.ts';
import { MENTIONS, SPOKEN } from './mentions.ts';
import { OWN } from './own.ts';
import type { Act, Picture, Turn } from './script.ts';

/** Everything that others say, in groups that are spread evenly over the telling. */
const GROUPS: readonly (readonly Act[])[] = [ES, EN, MENTIONS, SPOKEN, CONVERSATIONS_ES, CONVERSATIONS_EN];

/** A short name of an act, the same as long as its first words are. */
const nameOf = (act: Act): string => hashOf(`${act[0]?.by ?? ''}:${act[0]?.text ?? ''}`).toString(36);
export const ACTS: ReadonlyMap<string, Act> = new Map(GROUPS.flat().map((act) => [nameOf(act), act]));
export const turnKey = (act: string, turn: number): string => `${act}.${turn}`;
/** The written turn of a post's key. */
export function turnOf(key: string | undefined): { act: Act; index: number; turn: Turn } | null {
  const [name = '', index = ''] = (key ?? '').split('.');
  const act = ACTS.get(name);
  const turn = act?.[Number(index)];
  return act && turn ? { act, index: Number(index), turn } : null;
}

/**
 * The order in which a seed's world is told. It comes round unchanged, so that a text returns only after all others,
 * and each group is spread evenly: any stretch holds the same mix of languages, mentions and conversations.
 */
export function orderOf(seed: number): string[] {
  const random = seeded(seed ^ 0x5f3759df);
  const placed: { at: number; act: Act }[] = [];
  for (const group of GROUPS) {
    const shuffled = group.map((act) => ({ act, at: random() })).sort((a, b) => a.at - b.at);
    for (const [index, { act }] of shuffled.entries()) placed.push({ act, at: (index + 0.2 + random() * 0.6) / group.length });
  }
  const acts = placed.sort((a, b) => a.at - b.at).map((each) => each.act);
  // Nobody speaks twice in a row: the next act by somebody else changes places with the second.
  for (let i = 1; i < acts.length; i += 1) {
    if (acts[i]?.[0]?.by !== acts[i - 1]?.[0]?.by) continue;
    const other = acts.findIndex((act, j) => j > i && act[0]?.by !== acts[i]?.[0]?.by);
    const [here, there] = [acts[i], acts[other]];
    if (here && there) [acts[i], acts[other]] = [there, here];
  }
  return acts.map(nameOf);
}

const pictureName = (picture: Picture): string => hashOf(`${picture.kind}:${picture.alt}`).toString(36);
const PICTURES: ReadonlyMap<string, Picture> = new Map(
  [...GROUPS.flat(2).map((turn) => turn.picture), ...OWN.map((post) => post.picture)].filter((picture) => picture !== undefined).map((picture) => [pictureName(picture), picture]),
);
export const pictureNamed = (name: string): Picture | undefined => PICTURES.get(name);
export { OWN, pictureName };

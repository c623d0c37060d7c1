import { z } from 'zod';
import { linksOf } from './text.ts';

/** Longest value of a tag, characters. */
const LONGEST = 100;
const value = z.string().trim().max(LONGEST);

/** How the links of an account are tagged, so that its web knows where a visit came from (DOMAIN §3, link tagging). */
export const linkTaggingSchema = z.object({
  on: z.boolean(),
  /** Sites whose links are tagged, without scheme; those beneath them too. Others' pages are never tagged. */
  hosts: z.array(z.string().trim().toLowerCase().regex(/^[a-z0-9.-]+\.[a-z]{2,}$/u).max(253)).max(20),
  source: value, medium: value, campaign: value, content: value,
}).strict();
export type LinkTagging = z.infer<typeof linkTaggingSchema>;
export const NO_TAGGING: LinkTagging = { on: false, hosts: [], source: 'x', medium: 'social', campaign: '{theme}', content: '' };

/** What a tag may name. */
export const TAG_VARIABLES = ['theme', 'tier', 'account', 'day'] as const;
export type TagValues = Record<(typeof TAG_VARIABLES)[number], string>;

/** A value as it stands in an address: variables filled in, lower case, what is not a letter or a figure as one hyphen. */
export function tagOf(template: string, values: TagValues): string {
  const filled = template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? values[name as keyof TagValues] : whole));
  return filled.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9._]+/g, '-').replace(/^-+|-+$/g, '');
}

const hostOf = (link: string): string => (/^(?:https?:\/\/)?([^/?#:]+)/i.exec(link)?.[1] ?? '').toLowerCase();
const TAGGED = /[?&]utm_/i;

/** A link with its tags, those of `values` filled in; as it was where it is tagged already, of another's site, or nothing would be said. */
export function tagged(link: string, tagging: LinkTagging, values: TagValues): string {
  const host = hostOf(link);
  if (!tagging.on || TAGGED.test(link) || !tagging.hosts.some((each) => host === each || host.endsWith(`.${each}`))) return link;
  const tags = (['source', 'medium', 'campaign', 'content'] as const).flatMap((name) => {
    const said = tagOf(tagging[name], values);
    return said === '' ? [] : [`utm_${name}=${said}`];
  });
  if (tags.length === 0) return link;
  const [, address = '', fragment = ''] = /^([^#]*)(#.*)?$/su.exec(link) ?? [];
  // An address that ends in its host has a path before it has a query.
  const whole = /^(?:https?:\/\/)?[^/?#]+$/i.test(address) ? `${address}/` : address;
  return `${whole}${whole.includes('?') ? '&' : '?'}${tags.join('&')}${fragment}`;
}

/** A text whose links to the account's own sites are tagged; the same text where there is nothing to do. */
export function tagLinks(text: string, tagging: LinkTagging, values: TagValues): string {
  if (!tagging.on || !text.includes('.')) return text;
  let rest = text;
  let out = '';
  for (const link of linksOf(text)) {
    const at = rest.indexOf(link);
    if (at < 0) continue;
    out += rest.slice(0, at) + tagged(link, tagging, values);
    rest = rest.slice(at + link.length);
  }
  return out + rest;
}
/** How many links of a text would be tagged. */
export const untaggedIn = (text: string, tagging: LinkTagging): number => {
  const none: TagValues = { theme: 'x', tier: 'x', account: 'x', day: 'x' };
  return tagging.on && text.includes('.') ? linksOf(text).filter((link) => tagged(link, tagging, none) !== link).length : 0;
};

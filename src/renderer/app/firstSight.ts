import type { FirstSight, SightColumn, SightPost, SightWords } from '../../shared/contract/firstSight.ts';
import { beginning, segments } from '../ui/segments.ts';

const ID = 'first-sight';
type Child = Node | string | null;

/** Draws with the classes of the screens that take its place, so that nothing moves then. Texts are texts, never markup. */
function make(tag: string, className: string, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children.filter((child) => child !== null));
  return element;
}

function head(words: SightWords): HTMLElement {
  return make('div', 'post-head', make('span', 'who', make('strong', '', words.name), make('span', 'handle', `@${words.username}`)), make('time', '', words.stamp));
}
function written({ text, entities, lang }: SightWords): HTMLElement {
  const all = segments(text, entities);
  const parts = (beginning(all) ?? all).map(({ text: shown, entity }) => (entity ? make('span', 'mention', entity.kind === 'url' ? entity.display : shown) : shown));
  const element = make('div', 'post-text', ...parts);
  element.dir = 'auto';
  if (lang && /^[a-z]{2,3}$/.test(lang)) element.lang = lang;
  return element;
}
/** The room of its pictures: they come from core. */
function pictures({ media }: SightWords): HTMLElement | null {
  if (media.length === 0) return null;
  return make('div', media.length > 1 ? 'post-media many' : 'post-media', ...media.map((ratio) => {
    const figure = make('figure', '');
    figure.style.aspectRatio = String(Math.max(ratio ?? 1.6, media.length === 1 ? 1.6 : 0.2));
    return figure;
  }));
}
function card(post: SightPost): HTMLElement {
  const avatar = make('span', 'avatar', [...post.name][0] ?? '');
  avatar.style.width = avatar.style.height = '32px';
  const body = post.gone === null ? make(
    'div', '', head(post), post.answers === null ? null : make('div', 'post-note', post.answers), written(post), pictures(post),
    post.quoted ? make('div', 'quote', head(post.quoted), written(post.quoted), pictures(post.quoted)) : null,
    make('div', 'post-foot', ...post.counts.map((count) => make('span', 'foot-button sight-button', make('i', ''), count))),
  ) : make('span', 'quiet', post.gone);
  body.style.minWidth = '0';
  const article = make('article', 'post', post.gone === null && post.above !== null ? make('div', 'post-note above', make('i', ''), make('span', 'clip', post.above)) : null, post.gone === null ? make('div', '', avatar) : make('span', ''), body);
  article.dataset['testid'] = 'sight-post';
  return article;
}
const LINES = [['45%'], ['100%'], ['70%']];
function skeleton(): HTMLElement {
  return make('div', 'skeleton', make('i', 'round'), make('span', '', ...LINES.map(([width = '']) => {
    const line = make('i', '');
    line.style.width = width;
    return line;
  })));
}
function column(each: SightColumn, index: number, current: boolean): HTMLElement {
  if (each.width === null) {
    const strip = make('div', 'column-strip', make('span', 'column-n', String(index + 1)), each.title);
    if (each.color !== null) strip.dataset['color'] = each.color;
    return make('section', 'column collapsed', strip);
  }
  const body = make('div', 'column-body', ...(each.posts.length > 0 ? each.posts.map(card) : Array.from({ length: 5 }, skeleton)));
  body.style.overflow = 'hidden';
  const [top] = body.children;
  if (top instanceof HTMLElement && each.offset !== 0) top.style.marginTop = `${-each.offset}px`;
  const title = make('div', 'column-title', make('span', 'column-n', String(index + 1)), make('h2', 'clip', each.title));
  const section = make('section', `column${current ? ' current' : ''}`, make('div', 'column-head', make('i', ''), title, make('span', ''), make('div', 'column-sub', make('span', 'clip', each.sub))), body);
  section.style.flexBasis = `${each.width}px`;
  section.style.minWidth = `${Math.max(280, each.width - 60)}px`;
  if (each.color !== null) section.dataset['color'] = each.color;
  return section;
}

/** Draws what is stored over the empty page; `endSight` takes it away once the screens stand. */
export function drawSight(sight: FirstSight, page: Document): void {
  page.documentElement.lang = sight.lang;
  if (sight.theme !== 'auto') page.documentElement.dataset['mantineColorScheme'] = sight.theme;
  const place = (index: number): HTMLElement => {
    const button = make('span', 'sight-place', make('i', ''), sight.rail[index] ?? '');
    if (index === 0) button.classList.add('here');
    return button;
  };
  const open = sight.columns.findIndex((each) => each.width !== null);
  const shell = make(
    'div', 'shell', make('nav', 'rail', make('span', 'mark', 'P'), ...sight.rail.map((_, index) => place(index))),
    make('header', 'topbar', make('div', 'side', make('span', 'account-button', make('i', 'avatar sight-own'), make('span', 'clip', sight.account))), make('div', 'searchbox', make('span', 'grow clip', sight.search)), make('div', 'side end')),
    make('main', 'main', make('div', 'deck', ...sight.columns.map((each, index) => column(each, index, index === open)), make('div', 'deck-add'))), make('footer', 'statusbar'),
  );
  const whole = make('div', 'first-sight', shell);
  whole.id = ID;
  whole.inert = true;
  whole.setAttribute('aria-hidden', 'true');
  page.body.append(whole);
  performance.mark('first-sight');
}
/** The screens stand in its place. */
export function endSight(): void {
  document.getElementById(ID)?.remove();
}

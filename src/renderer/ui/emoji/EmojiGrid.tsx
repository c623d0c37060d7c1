import '../../styles/emoji.css';
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { folded } from '../../../shared/domain/inboxRules.ts';
import { EMOJI, type Emoji } from './emojiList.ts';

const KEPT = 'parrilla.emoji';
const COLUMNS = 9;
/** Recently used ones that are remembered: two rows. */
const MOST_RECENT = COLUMNS * 2;
/** Looked through without accents and in both languages: a word is remembered in either. */
const FOUND_BY = EMOJI.map((each) => ({ each, words: folded(`${each.es.words} ${each.en.words}`) }));

/** Signs used last on this computer, newest first. */
function recent(): Emoji[] {
  try {
    const signs = z.array(z.string()).catch([]).parse(JSON.parse(localStorage.getItem(KEPT) ?? '[]'));
    return signs.flatMap((sign) => EMOJI.find((each) => each.sign === sign) ?? []);
  } catch {
    return [];
  }
}
function remember(sign: string): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify([sign, ...recent().map((each) => each.sign).filter((each) => each !== sign)].slice(0, MOST_RECENT)));
  } catch {
    // Full or forbidden: it is only not remembered.
  }
}

/** Emoji to choose from, found by a word of either language; all by keyboard: arrows, Enter, and letters go on searching. */
export function EmojiGrid({ onPick }: { onPick: (sign: string) => void }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language === 'en' ? 'en' : 'es';
  const [word, setWord] = useState('');
  const [last] = useState(recent);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  // Its script comes after the box that it stands in has looked for its first field.
  useEffect(() => {
    const frame = requestAnimationFrame(() => search.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const wanted = folded(word.trim());
  const found = wanted === '' ? EMOJI : FOUND_BY.filter(({ words }) => wanted.split(/\s+/).every((part) => words.includes(part))).map(({ each }) => each);
  const groups = [...(wanted === '' && last.length > 0 ? [{ title: t('composer.emoji.recent'), signs: last }] : []), { title: wanted === '' ? t('composer.emoji.all') : t('composer.emoji.found', { count: found.length }), signs: found }];
  const pick = (sign: string): void => {
    remember(sign);
    onPick(sign);
  };
  const buttons = (): HTMLButtonElement[] => [...(grid.current?.querySelectorAll('button') ?? [])];
  const onKeyDown = (event: KeyboardEvent): void => {
    // What lies below hears nothing of it, least of all a letter.
    if (event.key !== 'Escape') event.stopPropagation();
    const all = buttons();
    const at = all.findIndex((each) => each === document.activeElement);
    if (at < 0) {
      if (event.key === 'ArrowDown') all[0]?.focus();
      else if (event.key === 'Enter' && !event.nativeEvent.isComposing) { if (found[0]) pick(groups[0]?.signs[0]?.sign ?? found[0].sign); }
      else return;
      event.preventDefault();
      return;
    }
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }[event.key];
    if (by === undefined) {
      if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) search.current?.focus();
      return;
    }
    event.preventDefault();
    if (at + by < 0) search.current?.focus();
    else (all[at + by] ?? all.at(-1))?.focus();
  };
  return (
    <div className="emoji" data-testid="emoji" onKeyDown={onKeyDown}>
      <TextInput ref={search} data-autofocus size="xs" aria-label={t('composer.emoji.search')} placeholder={t('composer.emoji.search')} value={word} maxLength={40} onChange={(event) => setWord(event.currentTarget.value)} data-testid="emoji-search" />
      <div className="emoji-grid" ref={grid}>
        {found.length === 0 ? <p className="quiet">{t('composer.emoji.none')}</p> : groups.map(({ title, signs }, index) => (
          <section key={title} aria-label={title}>
            <h3 {...(index === groups.length - 1 ? { 'aria-live': 'polite' as const } : {})}>{title}</h3>
            <div>{signs.map((each) => <button key={each.sign} type="button" tabIndex={-1} aria-label={each[lang].name} title={each[lang].name} onClick={() => pick(each.sign)}>{each.sign}</button>)}</div>
          </section>
        ))}
      </div>
    </div>
  );
}

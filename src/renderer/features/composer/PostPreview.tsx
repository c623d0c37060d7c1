import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconEye, IconLink, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { AttachedMedia } from '../../../shared/contract/publications.ts';
import { entitiesOf, linksOf } from '../../../shared/domain/text.ts';
import { Avatar } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';
import { PostText } from '../../ui/PostText.tsx';
import type { ComposerState } from './composerState.ts';

/** Longer texts are not looked through for links while typing. */
const MOST_LOOKED_AT = 5000;
/** How many characters of a link X shows. */
const DISPLAY = 26;

const firstLink = (text: string): string | undefined => (text.length > MOST_LOOKED_AT ? undefined : linksOf(text)[0]);

/** The place of the card that X makes of a page: its picture and title are the page's, and are not fetched from here. */
function LinkCard({ link }: { link: string }) {
  const { t } = useTranslation();
  const host = link.replace(/^https?:\/\//, '').replace(/[/?#].*$/, '');
  return (
    <div data-testid="link-card">
      <div className="x-card"><IconLink size={22} stroke={1.5} aria-hidden="true" /><span>{t('composer.card')}</span></div>
      <div className="x-from clip">{t('composer.cardFrom', { host })}</div>
    </div>
  );
}

function One({ account, text, media, when, joined, poll = false }: { account: Account; text: string; media: readonly AttachedMedia[]; when: string; joined: boolean; poll?: boolean }) {
  const link = poll ? undefined : firstLink(text);
  const entities = useMemo(
    () => (text.length > MOST_LOOKED_AT ? [] : entitiesOf(text).map(({ kind, start, end, value }) => {
      const bare = value.replace(/^https?:\/\//, '');
      const display = kind === 'url' ? (bare.length > DISPLAY ? `${bare.slice(0, DISPLAY)}…` : bare) : value;
      return { kind, start, end, display, href: 'https://x.com' };
    })),
    [text],
  );
  return (
    <div className={joined ? 'x-post joined' : 'x-post'}>
      <Avatar src={account.avatar} name={account.name} size={36} />
      <div style={{ minWidth: 0 }}>
        <div className="x-head"><b className="clip">{account.name}</b> <span className="clip">@{account.username}</span><span className="nowrap">· {when}</span></div>
        <div inert><PostText whole text={text} entities={entities} /></div>
        {media.length > 0 ? (
          <div className={media.length > 1 ? 'post-media many' : 'post-media'}>
            {media.map((each) => <figure key={each.id}>{each.mime.startsWith('video/') ? <video src={each.src} controls muted aria-label={each.alt} /> : <img src={each.src} alt={each.alt} />}{each.alt.trim() === '' ? null : <span className="alt-mark" aria-hidden="true">ALT</span>}</figure>)}
          </div>
        ) : link ? <LinkCard link={link} /> : null}
      </div>
    </div>
  );
}

/** The post as X shows it, in X's own metrics and in both of its themes, beside the composer (LOOK, 03). */
export function PostPreview({ account, state, when, format, onClose }: { account: Account; state: ComposerState; when: number | null; format: Format; onClose: () => void }) {
  const { t } = useTranslation();
  const [theme, setTheme] = useState('light');
  const stamp = when === null ? t('composer.nowWord') : format.dayMonth(when);
  return (
    <section className="preview" aria-label={t('composer.preview')} data-testid="preview">
      <header>
        <IconEye size={15} stroke={1.75} aria-hidden="true" /><b className="grow">{t('composer.preview')}</b>
        <SegmentedControl value={theme} onChange={setTheme} aria-label={t('composer.preview')} data={[{ value: 'light', label: t('composer.light') }, { value: 'dark', label: t('composer.dark') }]} />
        <ActionIcon size={24} aria-label={t('composer.closePreview')} onClick={onClose}><IconX size={15} stroke={1.75} /></ActionIcon>
      </header>
      <div className={`x-page ${theme}`}>
        <One account={account} text={state.text.slice(0, MOST_LOOKED_AT)} media={state.media} when={stamp} joined={state.parts.length > 0} poll={state.poll !== null} />
        {state.poll ? <ul className="x-poll">{state.poll.options.filter((option) => option.trim() !== '').map((option, i) => <li key={i}>{option}</li>)}</ul> : null}
        {state.parts.map((part, i) => <One key={part.key} account={account} text={part.text.slice(0, MOST_LOOKED_AT)} media={part.media} when={stamp} joined={i < state.parts.length - 1} />)}
      </div>
    </section>
  );
}

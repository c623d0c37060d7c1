import { Button, Menu } from '@mantine/core';
import { IconArrowUpRight, IconBookmark, IconBookmarkOff, IconDots, IconExternalLink, IconEye, IconEyeOff, IconHeart, IconInbox, IconLink, IconMessageCircle, IconMessages, IconPencil, IconRepeat, IconRepeatOff, IconRosetteDiscountCheckFilled, IconTargetArrow, IconTrash, IconUser, IconVolumeOff } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../hotkeys/Key.tsx';
import type { Post, QuotedPost } from '../../shared/contract/columns.ts';
import type { PostMark } from '../../shared/contract/inbox.ts';
import type { OutboxAction } from '../../shared/contract/sync.ts';
import { mayReply } from '../../shared/domain/intent.ts';
import { Avatar } from './bits.tsx';
import { CaseChips } from './CaseChips.tsx';
import { ExternalLink } from './ExternalLink.tsx';
import type { Format } from './format.ts';
import { PostText } from './PostText.tsx';

/** What can be done with a post. The object stays the same between renders. */
export interface PostActions {
  reply(post: Post): void;
  repost(post: Post): void;
  like(post: Post): void;
  open(post: Post): void;
  person(post: Post): void;
  /** Where there is room beside it. */
  conversation?(post: Post): void;
  mute?(post: Post): void;
  /** Makes it a case of the inbox. */
  lead?(post: Post): void;
  /** Shows the case it belongs to. */
  showCase?(caseId: string): void;
  /** What waits in the outbox, as far as it fits this post. */
  laterOf?(post: Post): OutboxAction[];
  later?(post: Post, action: OutboxAction): void;
  copyLink(post: Post): void;
}
const LATER_ICONS = { bookmark: IconBookmark, undoBookmark: IconBookmarkOff, hideReply: IconEyeOff, showReply: IconEye, undoRepost: IconRepeatOff, deletePost: IconTrash } as const;

/** The menu's acts that go to the network by the outbox; the list is made when the menu opens. */
function LaterItems({ post, actions }: { post: Post; actions: PostActions }) {
  const { t } = useTranslation();
  return actions.laterOf?.(post).map((each) => {
    const Sign = LATER_ICONS[each];
    return <Menu.Item key={each} {...(each === 'deletePost' ? { color: 'red' } : {})} leftSection={<Sign size={14} stroke={1.75} />} data-testid={`later-${each}`} onClick={() => actions.later?.(post, each)}>{t(`deck.later.${each}`)}</Menu.Item>;
  }) ?? null;
}

function Media({ media }: { media: Post['media'] }) {
  const { t } = useTranslation();
  const shown = media.filter((each) => each.src !== null);
  if (shown.length === 0) return null;
  return (
    <div className={shown.length > 1 ? 'post-media many' : 'post-media'}>
      {shown.map((each, index) => (
        <figure key={index} style={shown.length === 1 && each.width && each.height ? { aspectRatio: `${Math.max(each.width / each.height, 1.6)}` } : {}}>
          <img src={each.src ?? ''} alt={each.alt ?? t('deck.noAlt')} title={each.alt ?? ''} loading="lazy" />
          {each.alt ? <span className="alt-mark" aria-hidden="true">ALT</span> : null}
        </figure>
      ))}
    </div>
  );
}
function Head({ post, format, now, practice, small = false }: { post: QuotedPost; format: Format; now: number; practice: boolean; small?: boolean }) {
  const { t } = useTranslation();
  const time = <time dateTime={new Date(post.createdAt).toISOString()} title={format.when(post.createdAt)}>{format.stamp(post.createdAt, now)}</time>;
  const profile = `https://x.com/${encodeURIComponent(post.author.username)}`;
  return (
    <div className="post-head">
      {small ? <Avatar src={post.author.avatar} name={post.author.name} size={16} /> : null}
      <span className="who">
        <strong>{practice ? post.author.name || post.author.username : <ExternalLink href={profile}>{post.author.name || post.author.username}</ExternalLink>}</strong>
        {post.author.verified ? <IconRosetteDiscountCheckFilled size={13} aria-label={t('deck.verified')} style={{ flex: 'none', alignSelf: 'center', color: 'var(--accent)' }} /> : null}
        <span className="handle">@{post.author.username}</span>
      </span>
      {post.edited ? <span className="quiet" title={t('deck.edited')}><IconPencil size={12} stroke={1.75} aria-label={t('deck.edited')} /></span> : null}
      {practice ? time : <ExternalLink href={post.url} title={format.when(post.createdAt)}>{time}</ExternalLink>}
    </div>
  );
}
function Poll({ poll, format, now }: { poll: NonNullable<Post['poll']>; format: Format; now: number }) {
  const { t } = useTranslation();
  const total = poll.options.reduce((sum, each) => sum + each.votes, 0);
  return (
    <div style={{ marginTop: 4 }}>
      {poll.options.map((each) => (
        <div key={each.label} className="poll-row">
          <i style={{ width: `${total === 0 ? 0 : (each.votes / total) * 100}%` }} />
          <span>{each.label}</span>
          <span>{total === 0 ? 0 : Math.round((each.votes / total) * 100)} %</span>
        </div>
      ))}
      <span className="quiet" style={{ fontSize: 11 }}>
        {t('deck.votes', { count: total })} · {poll.endsAt !== null && poll.endsAt > now ? t('deck.pollEnds', { when: format.when(poll.endsAt) }) : t('deck.pollEnded')}
      </span>
    </div>
  );
}

/** One post by X's display rules: avatar, name, handle, permalink time, text with its links, media, quoted post, poll, and the actions row. An arrow marks what opens x.com. */
export const PostCard = memo(function PostCard({ post, username, practice, selected, unread, mark = null, outreach = false, format, now, actions }: { post: Post; username: string; /** Its people are made up: nothing leads to x.com. */ practice: boolean; selected: boolean; unread: boolean; /** Its case. */ mark?: PostMark | null; /** A hit of a search by somebody without a case: it may become one. */ outreach?: boolean; format: Format; now: number; actions: PostActions }) {
  const { t } = useTranslation();
  if (post.tombstone) return <article className="post" data-testid="post" data-post-id={post.id}><span /><span className="quiet">{t('deck.gone')}</span></article>;
  const out = <IconArrowUpRight className="out" size={9} stroke={2} aria-hidden="true" />;
  const byHand = !mayReply(post, username);
  const n = (count: number): string => (count > 0 ? format.number(count) : '');
  return (
    <article className={`post${selected ? ' selected' : ''}${unread ? ' unread' : ''}`} data-testid="post" data-post-id={post.id} aria-label={`${post.author.name}: ${post.text.slice(0, 80)}`}>
      {post.repostedBy ? <div className="post-note above"><IconRepeat size={12} stroke={1.75} aria-hidden="true" /> <span className="clip">{t('deck.repostedBy', { name: post.repostedBy.name || post.repostedBy.username })}</span></div> : null}
      <div style={{ gridColumn: 1 }}><Avatar src={post.author.avatar} name={post.author.name} /></div>
      <div style={{ minWidth: 0 }}>
        <Head post={post} format={format} now={now} practice={practice} />
        {post.replyTo ? <div className="post-note">{post.replyTo.username ? t('deck.replyingTo', { username: post.replyTo.username }) : t('deck.replying')}</div> : null}
        <PostText text={post.text} entities={post.entities} lang={post.lang} practice={practice} />
        <Media media={post.media} />
        {post.poll ? <Poll poll={post.poll} format={format} now={now} /> : null}
        {post.quoted ? (
          <div className="quote">
            {post.quoted.tombstone ? <span className="quiet">{t('deck.quotedGone')}</span> : <><Head post={post.quoted} format={format} now={now} practice={practice} small /><PostText text={post.quoted.text} entities={post.quoted.entities} lang={post.quoted.lang} practice={practice} /><Media media={post.quoted.media} /></>}
          </div>
        ) : null}
        {mark ? <CaseChips mark={mark} lang={post.lang} format={format} now={now} onOpen={() => actions.showCase?.(mark.caseId)} /> : null}
        {outreach && post.author.username !== username ? <Button className="lead-button" variant="default" size="compact-xs" leftSection={<IconTargetArrow size={14} stroke={1.75} aria-hidden="true" />} data-testid="lead-button" onClick={() => actions.lead?.(post)}>{t('deck.case.lead')}</Button> : null}
        <div className="post-foot">
          <button type="button" className="foot-button" title={byHand ? t('deck.replyOnX') : t('deck.reply')} aria-label={`${byHand ? t('deck.replyOnX') : t('deck.reply')} · ${t('deck.replies')}: ${post.metrics.replies}`} data-testid="reply" onClick={() => actions.reply(post)}>
            <IconMessageCircle size={16} stroke={1.75} aria-hidden="true" />{byHand && selected ? <span className="reply-words" aria-hidden="true">{t('deck.replyOnX')}</span> : null}{byHand ? out : null} {byHand && selected ? '' : n(post.metrics.replies)}{selected ? <Key of="r" /> : null}
          </button>
          <button type="button" className="foot-button" title={t('deck.repost')} aria-label={`${t('deck.repost')} · ${t('deck.reposts')}: ${post.metrics.reposts}`} data-testid="repost" onClick={() => actions.repost(post)}>
            <IconRepeat size={16} stroke={1.75} aria-hidden="true" /> <span className="n">{n(post.metrics.reposts)}</span>{selected ? <Key of="t" /> : null}
          </button>
          <button type="button" className="foot-button" title={t('deck.likeOnX')} aria-label={`${t('deck.likeOnX')} · ${t('deck.likes')}: ${post.metrics.likes}`} data-testid="like" onClick={() => actions.like(post)}>
            <IconHeart size={16} stroke={1.75} aria-hidden="true" />{out} <span className="n">{n(post.metrics.likes)}</span>{selected ? <Key of="f" /> : null}
          </button>
          <span className="grow" />
          <Menu position="bottom-end">
            <Menu.Target><button type="button" className="foot-button dots" aria-label={t('deck.more')} title={t('deck.more')}><IconDots size={16} stroke={1.75} aria-hidden="true" /></button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconExternalLink size={14} stroke={1.75} />} rightSection={<Key of="o" />} onClick={() => actions.open(post)}>{t('deck.viewOnX')}</Menu.Item>
              <Menu.Item leftSection={<IconUser size={14} stroke={1.75} />} rightSection={<Key of="p" />} onClick={() => actions.person(post)}>{t('deck.person')}</Menu.Item>
              {actions.conversation ? <Menu.Item leftSection={<IconMessages size={14} stroke={1.75} />} rightSection={<kbd>↵</kbd>} onClick={() => actions.conversation?.(post)}>{t('deck.conversation')}</Menu.Item> : null}
              {actions.mute && post.author.username !== username ? <Menu.Item leftSection={<IconVolumeOff size={14} stroke={1.75} />} rightSection={<Key of="u" />} onClick={() => actions.mute?.(post)}>{t('deck.mute.act', { username: post.author.username })}</Menu.Item> : null}
              {actions.lead && post.author.username !== username ? <Menu.Item leftSection={<IconInbox size={14} stroke={1.75} />} data-testid="lead" onClick={() => actions.lead?.(post)}>{t('inboxSettings.lead.act')}</Menu.Item> : null}
              <Menu.Item leftSection={<IconLink size={14} stroke={1.75} />} onClick={() => actions.copyLink(post)}>{t('deck.copyLink')}</Menu.Item>
              <LaterItems post={post} actions={actions} />
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
    </article>
  );
});

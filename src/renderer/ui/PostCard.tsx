import { IconArrowBackUp, IconHeart, IconMessageCircle, IconPencil, IconRepeat, IconRosetteDiscountCheckFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, QuotedPost } from '../../shared/contract/columns.ts';
import { Avatar } from './bits.tsx';
import { ExternalLink } from './ExternalLink.tsx';
import type { Format } from './format.ts';
import { PostText } from './PostText.tsx';

function Media({ media }: { media: Post['media'] }) {
  const { t } = useTranslation();
  if (media.length === 0) return null;
  return (
    <div className="post-media">
      {media.map((each, index) =>
        each.src ? <img key={index} src={each.src} alt={each.alt ?? t('deck.noAlt')} title={each.alt ?? ''} loading="lazy" {...(each.width && each.height ? { width: each.width, height: each.height } : {})} style={{ height: 'auto' }} /> : null,
      )}
    </div>
  );
}
function Head({ post, format, now }: { post: QuotedPost; format: Format; now: number }) {
  const { t } = useTranslation();
  const profile = `https://x.com/${encodeURIComponent(post.author.username)}`;
  return (
    <div className="post-head">
      <strong><ExternalLink href={profile}>{post.author.name || post.author.username}</ExternalLink></strong>
      {post.author.verified ? <IconRosetteDiscountCheckFilled size={13} aria-label={t('deck.verified')} style={{ flex: 'none' }} /> : null}
      <span className="quiet" style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>@{post.author.username}</span>
      <span className="grow" />
      {post.edited ? <span className="quiet" title={t('deck.edited')}><IconPencil size={12} aria-label={t('deck.edited')} /></span> : null}
      <ExternalLink href={post.url} title={format.when(post.createdAt)}>
        <time dateTime={new Date(post.createdAt).toISOString()} className="quiet" style={{ whiteSpace: 'nowrap' }}>{format.ago(post.createdAt, now)}</time>
      </ExternalLink>
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

/** One post by X's display rules: avatar, name, handle, permalink time, text with its links, media, quoted post, poll. */
export const PostCard = memo(function PostCard({ post, selected, format, now, onReply, onRepost }: { post: Post; selected: boolean; format: Format; now: number; onReply?: (post: Post) => void; onRepost?: (post: Post) => void }) {
  const { t } = useTranslation();
  if (post.tombstone) return <article className="post" data-testid="post" data-post-id={post.id}><span /><span className="quiet">{t('deck.gone')}</span></article>;
  return (
    <article className={selected ? 'post selected' : 'post'} data-testid="post" data-post-id={post.id} aria-label={`${post.author.name}: ${post.text.slice(0, 80)}`}>
      {post.repostedBy ? <div className="post-note"><IconRepeat size={11} aria-hidden="true" /> {t('deck.repostedBy', { name: post.repostedBy.name || post.repostedBy.username })}</div> : null}
      <Avatar src={post.author.avatar} name={post.author.name} />
      <div style={{ minWidth: 0 }}>
        <Head post={post} format={format} now={now} />
        {post.replyTo ? <div className="quiet" style={{ fontSize: 11 }}><IconArrowBackUp size={11} aria-hidden="true" /> {post.replyTo.username ? t('deck.replyingTo', { username: post.replyTo.username }) : t('deck.replying')}</div> : null}
        <PostText text={post.text} entities={post.entities} lang={post.lang} />
        <Media media={post.media} />
        {post.poll ? <Poll poll={post.poll} format={format} now={now} /> : null}
        {post.quoted ? (
          <div className="quote">
            {post.quoted.tombstone ? <span className="quiet">{t('deck.quotedGone')}</span> : <><Head post={post.quoted} format={format} now={now} /><PostText text={post.quoted.text} entities={post.quoted.entities} lang={post.quoted.lang} /><Media media={post.quoted.media} /></>}
          </div>
        ) : null}
        <div className="post-foot">
          <button type="button" className="foot-button" title={t('deck.reply')} aria-label={`${t('deck.reply')} · ${t('deck.replies')}: ${post.metrics.replies}`} data-testid="reply" onClick={() => onReply?.(post)}><IconMessageCircle size={12} aria-hidden="true" /> {format.number(post.metrics.replies)}</button>
          <button type="button" className="foot-button" title={t('deck.repost')} aria-label={`${t('deck.repost')} · ${t('deck.reposts')}: ${post.metrics.reposts}`} data-testid="repost" onClick={() => onRepost?.(post)}><IconRepeat size={12} aria-hidden="true" /> {format.number(post.metrics.reposts)}</button>
          <span title={t('deck.likes')}><IconHeart size={12} aria-label={t('deck.likes')} /> {format.number(post.metrics.likes)}</span>
          <span className="grow" />
          <ExternalLink href={post.url}>{t('deck.viewOnX')}</ExternalLink>
        </div>
      </div>
    </article>
  );
});

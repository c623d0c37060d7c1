import { describe, expect, it } from 'vitest';
import { pageOf } from './map.ts';
import { pageDto } from './schemas.ts';

const user = { id: '7', username: 'ana', name: 'Ana', profile_image_url: 'https://pbs.example/x.png' };
const urls = [
  { start: 6, end: 29, url: 'https://t.co/aaaaaaaaaa', expanded_url: 'https://example.org/a', display_url: 'example.org/a' },
  { start: 30, end: 53, url: 'https://t.co/bbbbbbbbbb', expanded_url: 'https://x.com/ana/status/10/photo/1', display_url: 'pic.x.com/b', media_key: '3_1' },
];
const text = 'Hola: https://t.co/aaaaaaaaaa https://t.co/bbbbbbbbbb';
const common = { id: '10', text, author_id: '7', created_at: '2026-11-24T09:00:00.000Z', entities: { urls }, attachments: { media_keys: ['3_1'], poll_ids: ['5'] } };
const media = [{ media_key: '3_1', type: 'photo', url: 'https://pbs.example/p.jpg', alt_text: 'barras', width: 10, height: 20 }];
const polls = [{ id: '5', options: [{ label: 'S&amp;P', votes: 3 }], end_datetime: '2026-11-25T09:00:00.000Z' }];

const legacy = {
  data: [{ ...common, referenced_tweets: [{ type: 'quoted', id: '8' }, { type: 'retweeted', id: '9' }], edit_history_tweet_ids: ['6', '10'], note_tweet: undefined, public_metrics: { retweet_count: 4, reply_count: 1, like_count: 2, quote_count: 3, impression_count: 90 } }],
  includes: { users: [user], tweets: [{ id: '8', text: 'citada', author_id: '7' }], media, polls },
  errors: [{ resource_id: '9', value: '9', parameter: 'referenced_tweets.id', resource_type: 'tweet', title: 'Not Found Error', type: 'https://api.twitter.com/2/problems/resource-not-found' }],
  meta: { result_count: 1, next_token: 'n' },
};
const modern = {
  data: [{ ...common, referenced_posts: [{ type: 'quoted', id: '8' }, { type: 'reposted', id: '9' }], edit_history_post_ids: ['6', '10'], public_metrics: { repost_count: 4, reply_count: 1, like_count: 2, quote_count: 3, impression_count: 90 } }],
  includes: { users: [user], posts: [{ id: '8', text: 'citada', author_id: '7' }], media, polls },
  errors: [{ resource_id: '9', value: '9', parameter: 'referenced_posts', resource_type: 'post', title: 'Not Found Error', type: 'https://api.x.com/2/problems/resource-not-found' }],
  meta: { result_count: 1, next_token: 'n' },
};

describe('a page of X', () => {
  it('is the same in both vocabularies', () => {
    const [old, now] = [legacy, modern].map((each) => pageOf(pageDto.parse(JSON.parse(JSON.stringify(each)))));
    expect(now).toEqual(old);
    expect(old?.posts[0]).toMatchObject({ text: 'Hola: https://t.co/aaaaaaaaaa', quotedId: '8', repostOfId: '9', edited: true, editHistory: ['6'], metrics: { reposts: 4, views: 90 }, poll: { options: [{ label: 'S&P', votes: 3 }] } });
    expect(old?.posts[0]?.entities).toEqual([{ kind: 'url', start: 6, end: 29, display: 'example.org/a', href: 'https://example.org/a' }]);
    expect(old?.posts[0]?.media).toEqual([{ key: '3_1', type: 'photo', url: 'https://pbs.example/p.jpg', width: 10, height: 20, alt: 'barras' }]);
    expect(old?.gone).toEqual(['9']);
  });
  it('takes the whole of a long post and never a link that is no web address', () => {
    const page = pageOf(pageDto.parse({ data: [{ id: '1', text: 'corta…', note_tweet: { text: 'larga y entera', entities: { urls: [{ start: 0, end: 5, url: 'javascript:alert(1)', expanded_url: 'javascript:alert(1)' }] } } }] }));
    expect(page.posts[0]).toMatchObject({ text: 'larga y entera', entities: [{ href: null }] });
  });
  it('leaves out what cannot be read, and counts it', () => {
    const page = pageOf(pageDto.parse({ data: [{ id: '1', text: 'una' }, { id: '../2', text: 'otra' }, { id: '3', text: 'tres', referenced_tweets: [{ type: 'quoted', id: 'x' }] }], includes: { users: [{ id: 'y', username: 'z', name: 'z' }, user], tweets: [null, { id: '8', text: 'citada' }] } }));
    expect([page.posts.map((each) => each.id), page.related.map((each) => each.id), page.users.map((each) => each.id), page.leftOut]).toEqual([['1'], ['8'], ['7'], 2]);
    expect(pageOf(pageDto.parse({ data: [{ id: 5, text: 'x' }] }))).toMatchObject({ posts: [], leftOut: 1 });
  });
  it('is refused where it has not the shape', () => {
    expect(pageDto.safeParse({ data: [{ id: 5, text: 'x' }, { id: 6, text: 'y' }] }).success).toBe(false);
    expect(pageDto.safeParse({ data: 'x' }).success).toBe(false);
    expect(pageDto.safeParse({ meta: { result_count: 0 } }).success).toBe(true);
  });
});

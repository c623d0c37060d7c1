/** Beside a post `p`: who wrote it, what it reposts and what it quotes, as far as the token of `:accountId` fetched it. */
export const BESIDE = `LEFT JOIN users u ON u.origin = p.origin AND u.id = p.author_id
    LEFT JOIN posts o ON o.origin = p.origin AND o.id = p.repost_of_id AND EXISTS (SELECT 1 FROM account_posts x WHERE x.account_id = :accountId AND x.post_pk = o.pk)
    LEFT JOIN users ou ON ou.origin = o.origin AND ou.id = o.author_id
    LEFT JOIN posts qp ON qp.origin = p.origin AND qp.id = coalesce(o.quoted_id, p.quoted_id) AND EXISTS (SELECT 1 FROM account_posts y WHERE y.account_id = :accountId AND y.post_pk = qp.pk)`;

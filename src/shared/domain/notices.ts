/** What notices are about, each to be switched by itself. New posts in columns are switched at their column. */
export const NOTICE_KINDS = ['cases', 'failed', 'posted', 'account', 'cap', 'outbox', 'plan'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export type NoticeKinds = { [K in NoticeKind]: boolean };
export const ALL_NOTICES: NoticeKinds = { cases: true, failed: true, posted: true, account: true, cap: true, outbox: true, plan: true };

const KINDS: Readonly<Record<string, NoticeKind>> = {
  case_overdue: 'cases', cases_overdue: 'cases',
  missed: 'failed', failed: 'failed', held: 'failed', needs_review: 'failed', will_be_missed: 'failed', sent_twice: 'failed', handoff: 'failed',
  posted: 'posted', posted_late: 'posted', unknown_found: 'posted',
  reauth_needed: 'account', keys_forgotten: 'account',
  cap_warn: 'cap', cap_noHome: 'cap', cap_noMentions: 'cap', cap_noPublish: 'cap', budget_stopped: 'cap',
  perhaps_deleted: 'outbox', perhaps_done: 'outbox', delete_done: 'outbox', delete_not_done: 'outbox',
  plan_broken: 'plan', clock_jump: 'plan', clock_unsure: 'plan', late_waiting: 'plan',
};
/** Why an answer that waited is held, where what it answers has changed meanwhile. */
const CONFLICTS: readonly unknown[] = ['answered_elsewhere', 'target_gone'];

/** What a happening is about; null for what is the answer to something that was just done, and is always said. */
export function noticeKind(code: string, params: Readonly<Record<string, string | number | boolean>>): NoticeKind | null {
  if (code === 'held' && CONFLICTS.includes(params['reason'])) return 'outbox';
  return KINDS[code] ?? null;
}

/** When a sound is heard in the window: never, for new posts of columns that have it on, or with every notice too. */
export const NOTICE_SOUNDS = ['never', 'columns', 'all'] as const;
export type NoticeSound = (typeof NOTICE_SOUNDS)[number];

import { themeName } from '../../../../shared/domain/template.ts';
import { addDays, dayOf } from '../../../../shared/domain/time.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { PRACTICE_ITEMS } from './practiceItems.ts';
import type { NewItem } from './repository.ts';

const SITE = 'https://cuentaclara.example.com';
/** News are worth sharing so many days. */
const NEWS_DAYS = 10;
const REST = { free: 21, premium: 14, status: 7 };

/** The practice account's first items as of now, oldest first so that the newest change leads; in the interface's language. */
export function practiceItems(account: StoredAccount, lang: Lang, now: number): NewItem[] {
  const today = dayOf(now, account.zone);
  return PRACTICE_ITEMS.toSorted((a, b) => b.age - a.age).map((item) => {
    const publishedOn = addDays(today, -item.age);
    const news = item.theme === 'news';
    return {
      accountId: account.id, title: item.title[lang], url: `${SITE}/${item.path}`, summary: '', theme: themeName(item.theme, lang), tier: item.tier, publishedOn,
      expiresOn: news ? addDays(publishedOn, NEWS_DAYS) : null, evergreen: !news, restDays: REST[item.tier], notes: '', source: { kind: 'csv', name: 'cuentaclara.csv' },
      variants: item.text ? [{ text: item.text[lang] }] : [],
    };
  });
}

import { themeName } from '../../../../shared/domain/template.ts';
import { addDays, dayOf } from '../../../../shared/domain/time.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { NewCampaign } from './repository.ts';

const DAYS = 10;
const WEIGHT = 2;

/** The practice account's campaign as of now: the close of the quarter, over ten days from today, for a theme that its library has; in the interface's language. */
export function practiceCampaign(account: StoredAccount, lang: Lang, now: number): NewCampaign {
  const from = dayOf(now, account.zone);
  const quarter = Math.ceil(Number(from.slice(5, 7)) / 3);
  const year = from.slice(0, 4);
  return { accountId: account.id, name: lang === 'es' ? `cierre ${quarter}T ${year}` : `Q${quarter} ${year} close`, theme: themeName('articles', lang), from, to: addDays(from, DAYS - 1), weight: WEIGHT };
}

import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';

/** What a person says of themselves and how many follow them, as last read; nothing where neither is known. */
export function Profile({ bio, followers }: { bio: string; followers: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = bio.trim();
  if (said === '' && followers === null) return null;
  return (
    <p className="profile" title={said} data-testid="profile">
      {said === '' ? null : <span dir="auto">{said}</span>}
      {followers === null ? null : <span className="quiet">{t('inbox.followers', { count: followers, n: format.number(followers) })}</span>}
    </p>
  );
}

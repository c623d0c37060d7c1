import { useTranslation } from 'react-i18next';
import { useRpcQuery } from '../../rpc/hooks.ts';

/** Where keys are kept, which server is used, which version this is. */
export function Keys() {
  const { t } = useTranslation();
  const info = useRpcQuery('host.info', {}).data;
  const secrets = useRpcQuery('secrets.status', {}).data;
  if (!info || !secrets) return null;
  const kept = secrets.locked && secrets.backend !== 'none' ? 'locked' : secrets.backend;
  return (
    <>
      <div className="settings-head"><h1>{t('settings.section.keys')}</h1></div>
      <section className="card">
        <table className="plain"><tbody>
          <tr><td>{t('settings.keysKept')}</td><td>{t(`shell.secret.${kept}`)}</td></tr>
          <tr><td>{t('settings.serverLabel')}</td><td>{info.apiOrigin}</td></tr>
          <tr><td>{t('settings.versionLabel')}</td><td>Parrilla {info.version}</td></tr>
        </tbody></table>
      </section>
      <p className="settings-note">{t(`settings.keysSafe.${secrets.backend}`)}</p>
    </>
  );
}

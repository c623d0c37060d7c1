import { Button, Group, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { ErrorNote } from '../../ui/bits.tsx';
import { useErrorWords } from '../../ui/useToast.tsx';

/** Language, then the practice account in one click or a real one by the wizard (UX, first run). */
export function FirstRun({ chooseLanguage }: { chooseLanguage: boolean }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const set = useRpcCommand('settings.set');
  const practice = useRpcCommand('accounts.addPractice');
  const openWizard = useView((state) => state.set);
  return (
    <main className="first" id="main">
      <div className="first-card">
        <h1>Parrilla</h1>
        {chooseLanguage ? (
          <>
            <p>{t('first.language')}</p>
            <Group>
              <Button size="lg" variant="default" data-testid="first-run-es" lang="es" onClick={() => set.mutate({ lang: 'es' })} autoFocus>Español</Button>
              <Button size="lg" variant="default" data-testid="first-run-en" lang="en" onClick={() => set.mutate({ lang: 'en' })}>English</Button>
            </Group>
          </>
        ) : (
          <>
            <h2>{t('first.start')}</h2>
            <div style={{ display: 'grid', gap: 12 }}>
              <button type="button" className="choice" data-testid="try-practice" disabled={practice.isPending} onClick={() => practice.mutate({})} autoFocus>
                <strong>{t('first.tryPractice')}</strong> {practice.isPending ? <Loader size="xs" /> : null}
                <div className="quiet">{practice.isPending ? t('first.starting') : t('first.tryPracticeBody')}</div>
              </button>
              <button type="button" className="choice" data-testid="connect-x" onClick={() => openWizard({ wizardOpen: true })}>
                <strong>{t('first.connect')}</strong>
                <div className="quiet">{t('first.connectBody')}</div>
              </button>
            </div>
            {practice.error ? <ErrorNote>{words(practice.error)}</ErrorNote> : null}
          </>
        )}
      </div>
    </main>
  );
}

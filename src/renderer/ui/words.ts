import { useTranslation } from 'react-i18next';
import { AppError } from '../../shared/contract/errors.ts';

/** The words of a failure: what happened, what was kept, the next step. */
export function useErrorWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => (error instanceof AppError ? t(`errors.${error.code}`, error.data.params) : t('errors.internal'));
}

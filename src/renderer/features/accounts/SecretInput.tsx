import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A key or a passphrase: hidden, and shown while the eye is pressed on. */
export function SecretInput(props: PasswordInputProps) {
  const { t } = useTranslation();
  return <PasswordInput autoComplete="off" visibilityToggleButtonProps={{ 'aria-label': t('accounts.showSecret') }} {...props} />;
}

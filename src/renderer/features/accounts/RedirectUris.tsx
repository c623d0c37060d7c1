import { Button, Code, CopyButton, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRpcQuery } from '../../rpc/hooks.ts';

/** The page where an application's keys and addresses are kept. */
export const CONSOLE = 'https://console.x.com';

/** The addresses to register in X's console, each to be copied as it is. */
export function RedirectUris() {
  const { t } = useTranslation();
  const uris = useRpcQuery('accounts.redirectUris', {}).data ?? [];
  return uris.map((uri) => (
    <Group key={uri} gap="xs" mb={4}>
      <Code>{uri}</Code>
      <CopyButton value={uri}>{({ copied, copy }) => <Button variant="subtle" size="compact-xs" aria-label={`${t('accounts.copy')} ${uri}`} onClick={copy}>{copied ? t('accounts.copied') : t('accounts.copy')}</Button>}</CopyButton>
    </Group>
  ));
}

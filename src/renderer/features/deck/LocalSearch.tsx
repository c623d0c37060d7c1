import { TextInput } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The words of a search in what is kept, above its results: `/` comes here, Enter searches. */
export function LocalSearch({ now, onQuery }: { now: string; onQuery: (query: string) => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState(now);
  const wanted = query.trim();
  return (
    <form className="local-search" onSubmit={(event) => { event.preventDefault(); if (wanted !== '' && wanted !== now) onQuery(wanted); }}>
      <TextInput aria-label={t('deck.local')} title={t('deck.localHint')} value={query} maxLength={512} leftSection={<IconListSearch size={14} stroke={1.75} aria-hidden="true" />} rightSection={<kbd>↵</kbd>} onChange={(event) => setQuery(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Escape') event.currentTarget.blur(); }} data-testid="local-query" />
    </form>
  );
}

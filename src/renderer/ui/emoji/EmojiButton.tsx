import { ActionIcon, Popover } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { lazy, type RefObject, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const EmojiGrid = lazy(async () => ({ default: (await import('./EmojiGrid.tsx')).EmojiGrid }));

/** Puts an emoji into a text where its caret stands; the field's own undo takes it back. */
export function EmojiButton({ field, disabled = false }: { field: RefObject<HTMLTextAreaElement | null>; disabled?: boolean }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const back = (): void => {
    setOpened(false);
    field.current?.focus();
  };
  const put = (sign: string): void => {
    back();
    document.execCommand('insertText', false, sign);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus closeOnEscape={false} transitionProps={{ duration: 0 }}>
      <Popover.Target><ActionIcon size={26} aria-label={t('composer.emoji.title')} title={t('composer.emoji.title')} disabled={disabled} onClick={() => setOpened(!opened)} data-testid="emoji-open"><IconMoodSmile size={17} stroke={1.75} /></ActionIcon></Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('composer.emoji.title')} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); back(); } }}>
        <Suspense fallback={null}><EmojiGrid onPick={put} /></Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

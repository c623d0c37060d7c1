import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format.ts';

/** Characters that a field takes at most by one paste: what core keeps of one text. A field for whole files says its own (`data-longest`). */
const LONGEST = 100_000;

/** What no field could keep is not pasted into one: a line of megabytes stands still for minutes while it is laid out, and would be refused after it. */
export function useLongPaste(): void {
  const { t } = useTranslation();
  const format = useFormat();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { length } = event.clipboardData?.getData('text/plain') ?? '';
      const longest = event.target instanceof HTMLElement ? Number(event.target.dataset['longest'] ?? LONGEST) : LONGEST;
      if (length <= longest) return;
      event.preventDefault();
      event.stopPropagation();
      notifications.show({ message: t('shell.tooLongToPaste', { length: format.number(length), max: format.number(longest) }), color: 'red', autoClose: 12_000, role: 'alert', closeButtonProps: { 'aria-label': t('shell.close') } });
    };
    document.addEventListener('paste', onPaste, true);
    return () => document.removeEventListener('paste', onPaste, true);
  }, [t, format]);
}

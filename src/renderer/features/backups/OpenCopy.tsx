import { Button, type ButtonProps, Loader } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupData } from '../../../shared/contract/backups.ts';
import type { useCopies } from './useCopies.ts';

/** Chooses a file from elsewhere, and hands on what it is. */
export function OpenCopy({ it, onFound, children, ...button }: { it: ReturnType<typeof useCopies>; onFound: (copy: BackupData) => void; children: ReactNode } & Pick<ButtonProps, 'variant' | 'size' | 'leftSection' | 'px'>) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input} type="file" accept=".db,application/vnd.sqlite3" className="sr" tabIndex={-1} aria-label={t('settings.backups.file')} data-testid="copy-file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file chosen again is another choice.
          event.currentTarget.value = '';
          if (file) void it.adopt(file, onFound);
        }}
      />
      <Button {...button} disabled={it.busy !== null} onClick={() => input.current?.click()} data-testid="copy-open" rightSection={it.busy === 'adopt' ? <Loader size={13} color="currentColor" /> : null}>{children}</Button>
    </>
  );
}

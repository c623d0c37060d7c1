import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OnPage } from './OnPage.tsx';

/** What is on its way out takes no more keys: the next one is meant for what lies below. */
export function letGo(): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && activeElement.closest('[role="dialog"]')) activeElement.blur();
}

/** A dialog with a named close button; Esc closes it and gives the focus back. */
export function Dialog({ onClose, children, ...props }: ModalProps) {
  const { t } = useTranslation();
  return <Modal centered transitionProps={{ duration: 120 }} closeButtonProps={{ 'aria-label': t('shell.close') }} onClose={() => { letGo(); onClose(); }} {...props}><OnPage part="dialog" />{children}</Modal>;
}

import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A dialog with a named close button; Esc closes it and gives the focus back. */
export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  return <Modal centered transitionProps={{ duration: 120 }} closeButtonProps={{ 'aria-label': t('shell.close') }} {...props} />;
}

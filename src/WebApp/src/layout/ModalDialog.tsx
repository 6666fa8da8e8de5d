import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './ModalDialog.module.css';

interface ModalDialogProps {
  title: string;
  /** An alertdialog interrupts the member with a question. */
  role?: 'alertdialog' | 'dialog';
  wide?: boolean;
  /** Called when the member dismisses the dialog. Without it, only a button in the dialog closes it. */
  onClose?: () => void;
  children: ReactNode;
}

/** Keeps the focus until it is closed, and then gives it back. It is not part of the first page's code. */
export function ModalDialog({ title, role = 'alertdialog', wide = false, onClose, children }: ModalDialogProps) {
  return (
    <ModalOverlay isOpen isDismissable className={styles.overlay} onOpenChange={onClose}>
      <Modal className={wide ? `${styles.modal} ${styles.wide}` : styles.modal}>
        <Dialog role={role} className={styles.dialog}>
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

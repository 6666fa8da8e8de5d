import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './ModalDialog.module.css';

/** Keeps the focus until it is closed, and gives it back then; without onClose only what is in it closes it. Loaded with what asks for it, not with the first page. */
export function ModalDialog({ title, wide = false, onClose, children }: { title: string; wide?: boolean; onClose?: () => void; children: ReactNode }) {
  return (
    <ModalOverlay isOpen isDismissable className={styles.overlay} onOpenChange={onClose}>
      <Modal className={wide ? `${styles.modal} ${styles.wide}` : styles.modal}>
        <Dialog role="alertdialog" className={styles.dialog}>
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

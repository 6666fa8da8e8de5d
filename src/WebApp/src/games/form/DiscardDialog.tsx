import { ModalDialog } from '../../layout/ModalDialog';
import styles from './Dialog.module.css';

export function DiscardDialog({ onClose, onDiscard }: { onClose: () => void; onDiscard: () => void }) {
  return (
    <ModalDialog title="Discard what you wrote?" onClose={onClose}>
      <p>What you wrote and the pictures that you chose are gone then.</p>
      <div className={styles.buttons}>
        <button type="button" className="button primary" onClick={onClose}>
          Keep it
        </button>
        <button type="button" className="button" onClick={onDiscard}>
          Discard it
        </button>
      </div>
    </ModalDialog>
  );
}

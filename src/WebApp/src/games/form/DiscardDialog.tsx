import { ModalDialog } from '../../layout/ModalDialog';
import styles from './Dialog.module.css';

interface DiscardDialogProps {
  /** The game was sent, and the service may have stored it. */
  mayBeSaved: boolean;
  onClose: () => void;
  onDiscard: () => void;
}

export function DiscardDialog({ mayBeSaved, onClose, onDiscard }: DiscardDialogProps) {
  return (
    <ModalDialog title="Discard your changes?" onClose={onClose}>
      <p>Your text and the pictures that you chose will be lost.</p>
      {mayBeSaved && <p>This game was sent and may already be saved. Discarding the form does not delete the game.</p>}
      <div className={styles.buttons}>
        <button type="button" className="button primary" onClick={onClose}>
          Keep editing
        </button>
        <button type="button" className="button" onClick={onDiscard}>
          Discard changes
        </button>
      </div>
    </ModalDialog>
  );
}

import { ModalDialog } from '../../layout/ModalDialog';
import styles from './Dialog.module.css';

interface DiscardDialogProps {
  /** The game was sent, and it is not known whether the service stored it. */
  mayBeSaved: boolean;
  onClose: () => void;
  onDiscard: () => void;
}

export function DiscardDialog({ mayBeSaved, onClose, onDiscard }: DiscardDialogProps) {
  return (
    <ModalDialog title="Discard what you wrote?" onClose={onClose}>
      <p>What you wrote and the pictures that you chose are gone then.</p>
      {mayBeSaved && <p>This game was sent and may already be saved. Discarding it here does not delete it.</p>}
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

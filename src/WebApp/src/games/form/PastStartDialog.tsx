import { ModalDialog } from '../../layout/ModalDialog';
import { fullTime } from '../time';
import styles from './Dialog.module.css';

export function PastStartDialog({ start, onClose, onSave }: { start: string; onClose: () => void; onSave: () => void }) {
  return (
    <ModalDialog title="The start time has passed" onClose={onClose}>
      <p>{`${fullTime(start)} is in the past. Do you want to save the game anyway?`}</p>
      <div className={styles.buttons}>
        <button type="button" className="button primary" onClick={onClose}>
          Change the start time
        </button>
        <button type="button" className="button" onClick={onSave}>
          Save anyway
        </button>
      </div>
    </ModalDialog>
  );
}

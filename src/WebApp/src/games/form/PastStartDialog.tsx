import { ModalDialog } from '../../layout/ModalDialog';
import { fullTime } from '../time';
import styles from './Dialog.module.css';

export function PastStartDialog({ start, onClose, onSave }: { start: string; onClose: () => void; onSave: () => void }) {
  return (
    <ModalDialog title="This start has passed" onClose={onClose}>
      <p>{fullTime(start)} is in the past. Is that what you mean?</p>
      <div className={styles.buttons}>
        <button type="button" className="button primary" onClick={onClose}>
          Change the start
        </button>
        <button type="button" className="button" onClick={onSave}>
          Save it all the same
        </button>
      </div>
    </ModalDialog>
  );
}

import { UploadProgress } from '../../images/UploadProgress';
import styles from './SaveBar.module.css';
import { isRunning, type Saving } from './useSaving';

interface SaveBarProps {
  saving: Saving;
  onCancel: () => void;
  onDiscard: () => void;
}

const texts = { idle: 'Save', uploading: 'Saving…', busy: 'Saving…', failed: 'Try again' };

/**
 * The Save button, and the progress of saving. A request that was sent cannot be cancelled. Inactive buttons use aria-disabled, since a
 * disabled button would lose the focus.
 */
export function SaveBar({ saving, onCancel, onDiscard }: SaveBarProps) {
  const isBusy = isRunning(saving);
  const isSent = saving.kind === 'busy' && saving.isSent;

  return (
    <div className={styles.bar}>
      {saving.kind === 'failed' && (
        <p role="alert" className={styles.failure}>
          {saving.reason}
        </p>
      )}
      {saving.kind === 'busy' && <p role="status">{saving.text}</p>}
      {saving.kind === 'uploading' && <UploadProgress what="your pictures" sent={saving.sent} />}
      <div className={styles.buttons}>
        <button type="submit" className="button primary" aria-disabled={isBusy}>
          {texts[saving.kind]}
        </button>
        {isBusy ? (
          <button type="button" className="button" aria-disabled={isSent} onClick={() => !isSent && onCancel()}>
            Cancel
          </button>
        ) : (
          <button type="button" className="button quiet" onClick={onDiscard}>
            Discard
          </button>
        )}
      </div>
    </div>
  );
}

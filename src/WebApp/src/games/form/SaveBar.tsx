import { useEffect } from 'react';
import { useAnnounce } from '../../layout/Announcer';
import styles from './SaveBar.module.css';
import type { Saving } from './useSaving';

interface SaveBarProps {
  saving: Saving;
  onCancel: () => void;
  onDiscard: () => void;
}

/** Save, and how far that is. What is sent completely cannot be taken back, so it cannot be cancelled either. Buttons that are off keep the focus, which falls to the page otherwise. */
export function SaveBar({ saving, onCancel, onDiscard }: SaveBarProps) {
  const announce = useAnnounce();
  const isSending = saving.kind === 'sending';
  const quarters = isSending ? Math.floor(saving.sent * 4) : null;

  useEffect(() => {
    if (quarters !== null) announce(`${quarters * 25} % sent`);
  }, [announce, quarters]);

  return (
    <div className={styles.bar}>
      {saving.kind === 'failed' && (
        <p role="alert" className={styles.failure}>
          {saving.reason}
        </p>
      )}
      {isSending && (
        <label className={styles.progress}>
          {saving.sent < 1 ? `Sending, ${Math.round(saving.sent * 100)} %` : 'Sent. The service is storing it…'}
          <progress max={1} value={saving.sent} />
        </label>
      )}
      <div className={styles.buttons}>
        <button type="submit" className="button primary" aria-disabled={isSending}>
          {saving.kind === 'failed' ? 'Try again' : isSending ? 'Saving…' : 'Save'}
        </button>
        {isSending ? (
          <button type="button" className="button" aria-disabled={saving.sent >= 1} onClick={() => saving.sent < 1 && onCancel()}>
            Cancel the upload
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

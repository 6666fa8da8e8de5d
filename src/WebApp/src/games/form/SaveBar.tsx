import { type MouseEvent, useEffect } from 'react';
import { useAnnounce } from '../../layout/Announcer';
import styles from './SaveBar.module.css';
import { isRunning, type Saving } from './useSaving';

interface SaveBarProps {
  saving: Saving;
  onCancel: () => void;
  /** Sends a game that may be stored already. */
  onSendAgain: () => void;
  onDiscard: () => void;
}

const texts = { idle: 'Save', busy: 'Saving…', sending: 'Saving…', failed: 'Try again', unsure: 'Check again' };

/** Save, and how far that is. What is sent completely cannot be taken back, so it cannot be cancelled either. Buttons that are off keep the focus, which falls to the page otherwise. */
export function SaveBar({ saving, onCancel, onSendAgain, onDiscard }: SaveBarProps) {
  const announce = useAnnounce();
  const isBusy = isRunning(saving);
  const isSending = saving.kind === 'sending';
  const isSent = isSending && saving.sent >= 1;
  const quarters = isSending ? Math.floor(saving.sent * 4) : null;

  const sendAgain = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    // This button disappears, so the one before it takes the focus.
    (currentTarget.previousElementSibling as HTMLElement).focus();
    onSendAgain();
  };

  useEffect(() => {
    if (quarters !== null) announce(`${quarters * 25} % sent`);
  }, [announce, quarters]);

  return (
    <div className={styles.bar}>
      {(saving.kind === 'failed' || saving.kind === 'unsure') && (
        <p role="alert" className={styles.failure}>
          {saving.reason}
        </p>
      )}
      {saving.kind === 'busy' && <p role="status">{saving.text}</p>}
      {isSending && (
        <label className={styles.progress}>
          {!isSent ? `Sending, ${Math.round(saving.sent * 100)} %` : 'Sent. The service is storing it…'}
          <progress max={1} value={saving.sent} />
        </label>
      )}
      <div className={styles.buttons}>
        <button type="submit" className="button primary" aria-disabled={isBusy}>
          {texts[saving.kind]}
        </button>
        {saving.kind === 'unsure' && (
          <button type="button" className="button" onClick={sendAgain}>
            Send again anyway
          </button>
        )}
        {isBusy ? (
          <button type="button" className="button" aria-disabled={isSent} onClick={() => !isSent && onCancel()}>
            {isSending ? 'Cancel the upload' : 'Cancel'}
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

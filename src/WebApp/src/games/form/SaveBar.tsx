import { type MouseEvent, useEffect } from 'react';
import { useAnnounce } from '../../layout/Announcer';
import styles from './SaveBar.module.css';
import { isRunning, type Saving } from './useSaving';

interface SaveBarProps {
  saving: Saving;
  onCancel: () => void;
  /** Sends the game again, although it may be stored already. */
  onSendAgain: () => void;
  onDiscard: () => void;
}

const texts = { idle: 'Save', busy: 'Saving…', sending: 'Saving…', failed: 'Try again', unsure: 'Check again' };

/**
 * The Save button, and the progress of saving. A request that was sent completely cannot be cancelled. Inactive buttons use aria-disabled,
 * since a disabled button would lose the focus.
 */
export function SaveBar({ saving, onCancel, onSendAgain, onDiscard }: SaveBarProps) {
  const announce = useAnnounce();
  const isBusy = isRunning(saving);
  const isSending = saving.kind === 'sending';
  const isSent = isSending && saving.sent >= 1;
  const quarters = isSending ? Math.floor(saving.sent * 4) : null;

  const sendAgain = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    // This button disappears, so the one before it gets the focus.
    (currentTarget.previousElementSibling as HTMLElement).focus();
    onSendAgain();
  };

  useEffect(() => {
    if (quarters !== null) announce(`${quarters * 25}% sent`);
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
          <span>{isSent ? 'Sent. GameImages is storing the game…' : `Sending: ${Math.round(saving.sent * 100)}%`}</span>
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

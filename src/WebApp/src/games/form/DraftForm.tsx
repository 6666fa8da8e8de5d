import { useState } from 'react';
import { clearDraft, type Draft, readDraft } from './draft';
import styles from './DraftForm.module.css';
import { GameForm } from './GameForm';

interface DraftFormProps {
  fresh: Draft;
  draftKey: string;
  back: string;
}

/** Restores the form from an unsaved draft, for instance after the session ended, or shows a fresh one. */
export function DraftForm({ fresh, draftKey, back }: DraftFormProps) {
  const [kept, setKept] = useState(() => readDraft(draftKey));
  const [start] = useState(fresh);

  const startOver = () => {
    clearDraft(draftKey);
    setKept(null);
  };

  return (
    <>
      {kept && (
        <div role="status" className={styles.restored}>
          <div>
            <p>Your unsaved text was restored. Choose your pictures again; your uploads are among your guild's pictures.</p>
            {kept.sent && <p>This game was sent and may already be saved. When you save it again, it is stored once.</p>}
          </div>
          <button type="button" className="button" onClick={startOver}>
            Start over
          </button>
        </div>
      )}
      <GameForm key={kept ? 'kept' : 'fresh'} initial={kept ?? start} draftKey={draftKey} back={back} />
    </>
  );
}

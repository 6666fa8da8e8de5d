import { useDeletions } from './Deletions';

/** Replaces the actions of a game that will be deleted in a few seconds. */
export function BeingDeleted({ id }: { id: string }) {
  const { undo } = useDeletions();

  const keep = () => {
    undo(id);
    // The button disappears, and would lose the focus.
    document.getElementById('main')?.focus({ preventScroll: true });
  };

  return (
    <div className="state" role="status">
      <p>This game is being deleted.</p>
      <button type="button" className="button" onClick={keep}>
        Undo
      </button>
    </div>
  );
}

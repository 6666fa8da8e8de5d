import { useDeletions } from './Deletions';

/** In place of what could be done with a game that will be gone in a moment. */
export function BeingDeleted({ id }: { id: string }) {
  const { undo } = useDeletions();

  const keep = () => {
    undo(id);
    // The button goes, and the focus with it.
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

import { ModalDialog } from '../layout/ModalDialog';
import { SignIn } from './SignIn';

/** What is behind it stays as it is. */
export default function SessionEndedDialog({ onClose }: { onClose: () => void }) {
  return (
    <ModalDialog title="Your session has ended" onClose={onClose}>
      <p>Sign in again to go on. What you wrote is kept in this tab; pictures that you chose may have to be chosen again.</p>
      <SignIn />
      <button type="button" className="button quiet" onClick={onClose}>
        Not now
      </button>
    </ModalDialog>
  );
}

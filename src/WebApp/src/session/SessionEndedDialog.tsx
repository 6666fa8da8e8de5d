import { ModalDialog } from '../layout/ModalDialog';
import { SignIn } from './SignIn';

/** What is behind it stays as it is. */
export default function SessionEndedDialog({ onClose }: { onClose: () => void }) {
  return (
    <ModalDialog title="Your session has ended" onClose={onClose}>
      <p>Sign in again, in a new tab. What you wrote and the pictures that you chose stay here.</p>
      <SignIn inNewTab />
      <button type="button" className="button quiet" onClick={onClose}>
        Not now
      </button>
    </ModalDialog>
  );
}

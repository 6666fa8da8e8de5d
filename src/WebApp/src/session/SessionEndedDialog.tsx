import { ModalDialog } from '../layout/ModalDialog';
import { SignIn } from './SignIn';

/** The page behind it stays unchanged. */
export default function SessionEndedDialog({ onClose }: { onClose: () => void }) {
  return (
    <ModalDialog title="Your session has ended" onClose={onClose}>
      <p>Sign in again in a new tab. This page keeps your text and the pictures that you chose.</p>
      <SignIn inNewTab />
      <button type="button" className="button quiet" onClick={onClose}>
        Not now
      </button>
    </ModalDialog>
  );
}

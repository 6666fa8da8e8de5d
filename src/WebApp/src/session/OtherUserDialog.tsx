import { ModalDialog } from '../layout/ModalDialog';
import { SignIn } from './SignIn';

interface OtherUserDialogProps {
  /** The name of the user to whom the page belongs. */
  before: string;
  /** The name of the user who is signed in now. */
  now: string;
  onContinue: () => void;
}

/** Cannot be dismissed, since the page behind it belongs to another user than the one who is signed in. */
export default function OtherUserDialog({ before, now, onContinue }: OtherUserDialogProps) {
  const explanation =
    `This page belongs to ${before}, and nothing on it will be saved as ${now}. To continue with it, sign in as ${before} again. ` +
    `If you continue as ${now}, this tab keeps the unsaved text for ${before}, but not the pictures.`;
  return (
    <ModalDialog title={`You are now signed in as ${now}`}>
      <p>{explanation}</p>
      <SignIn inNewTab />
      <button type="button" className="button" onClick={onContinue}>
        {`Continue as ${now}`}
      </button>
    </ModalDialog>
  );
}

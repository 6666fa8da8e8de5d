import { ModalDialog } from '../layout/ModalDialog';
import { SignIn } from './SignIn';

interface OtherUserDialogProps {
  /** Who was signed in when the page was read and written. */
  before: string;
  now: string;
  onGoOn: () => void;
}

/** Cannot be put off: what is behind it belongs to somebody else than whoever is signed in. */
export default function OtherUserDialog({ before, now, onGoOn }: OtherUserDialogProps) {
  return (
    <ModalDialog title={`You are signed in as ${now} now`}>
      <p>
        This page is still {before}’s, and nothing on it is saved as {now}. Sign in as {before} again to go on with it. If you go on as {now}, text that is
        not saved is kept in this tab for {before}; pictures are not.
      </p>
      <SignIn inNewTab />
      <button type="button" className="button" onClick={onGoOn}>
        Go on as {now}
      </button>
    </ModalDialog>
  );
}

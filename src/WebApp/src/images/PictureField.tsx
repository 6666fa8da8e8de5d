import { type ClipboardEvent, type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { Game } from '../api/games';
import type { LibraryImage } from '../api/images';
import { type PictureChange, shownSource } from '../games/form/pictureChanges';
import { pictureId, type PictureName } from '../games/pictures';
import { boxes } from './boxes';
import { describeImage } from './describeImage';
import { FileInput } from './FileInput';
import { LibraryButton } from './LibraryButton';
import { Picture } from './Picture';
import styles from './PictureField.module.css';
import { ScaleOffer } from './ScaleOffer';
import { TemporaryButton } from './TemporaryButton';
import { UploadProgress } from './UploadProgress';
import { usePicture } from './usePicture';
import { useUpload } from './useUpload';

interface PictureFieldProps {
  name: PictureName;
  label: string;
  /** The guild of the game; an empty text for none. */
  guildId: string;
  /** The game whose picture is shown as long as it is kept. */
  pictured: Game | null;
  change: PictureChange;
  error: string | undefined;
  onChange: (change: PictureChange) => void;
  /** Called with the reason why the picture cannot be saved yet, or undefined when it can. */
  onObstacle: (obstacle: string | undefined) => void;
  /** The field that describes the picture. It is shown while there is a picture. */
  children: ReactNode;
}

const boxOf = { banner: boxes.formBanner, thumbnail: boxes.formThumbnail };

/** Lets a member choose, drop or paste a picture, or take one of the guild. A new picture is uploaded at once. */
export function PictureField(props: PictureFieldProps) {
  const { name, label, guildId, pictured, change, error, onChange, onObstacle, children } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const { stage, report, set, take, scale, dismiss } = usePicture(guildId, onChange, onObstacle);
  const upload = change.kind === 'upload' ? change.upload : null;
  const uploading = useUpload(upload, label);
  const [isOver, setIsOver] = useState(false);

  const choose = (image: LibraryImage) => set({ kind: 'stored', image }, `From your guild's pictures: ${describeImage(image)}`);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void take(event.dataTransfer.files[0]);
  };

  const paste = (event: ClipboardEvent) => {
    const file = event.clipboardData.files[0];
    if (!file) return;
    event.preventDefault();
    void take(file);
  };

  const source = shownSource(change, pictured, name);
  const hasStored = pictured !== null && pictureId(pictured, name) !== null;
  const failure = uploading?.kind === 'failed' && uploading.problem.message;
  const message = [stage.kind === 'refused' && stage.reason, failure, error].filter(Boolean).join(' ');
  const picture = label.toLowerCase();

  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      className={styles.field}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      onPaste={paste}
    >
      <span id={`${id}-label`} className={styles.label}>
        {label}
      </span>
      {source && <Picture className={styles[name]} source={source} alt={`${label} of this game`} box={boxOf[name]} />}
      <p id={`${id}-hint`} className={styles.hint}>
        PNG, JPEG, GIF or WebP. Drop a picture here, or paste one while the button has the focus.
      </p>

      <div className={styles.buttons}>
        <button
          ref={chooser}
          type="button"
          className="button"
          aria-describedby={message ? `${id}-error` : `${id}-hint`}
          data-refused={!!message}
          onClick={() => input.current?.click()}
        >
          {`${source ? 'Replace' : 'Choose'} the ${picture}`}
        </button>
        <LibraryButton guildId={guildId} onChoose={choose} />
        {uploading?.kind === 'sending' && (
          <TemporaryButton isQuiet successor={chooser} onPress={() => set({ kind: 'keep' }, 'Upload cancelled.')}>
            Cancel the upload
          </TemporaryButton>
        )}
        {upload && failure && !upload.isRefused && (
          <TemporaryButton successor={chooser} onPress={() => upload.start()}>
            Try the upload again
          </TemporaryButton>
        )}
        {source && (
          <TemporaryButton successor={chooser} onPress={() => set({ kind: hasStored ? 'remove' : 'keep' }, `${label} removed.`)}>
            {`Remove the ${picture}`}
          </TemporaryButton>
        )}
        {hasStored && change.kind !== 'keep' && (
          <TemporaryButton isQuiet successor={chooser} onPress={() => set({ kind: 'keep' }, `${label} kept.`)}>
            {`Keep the old ${picture}`}
          </TemporaryButton>
        )}
        {stage.kind !== 'none' && (
          <TemporaryButton isQuiet successor={chooser} onPress={dismiss}>
            Leave it out
          </TemporaryButton>
        )}
      </div>
      <FileInput ref={input} label={label} onChoose={take} />

      {uploading?.kind === 'sending' && <UploadProgress what={`the ${picture}`} sent={uploading.sent} />}
      {message && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          {message}
        </p>
      )}
      {stage.kind === 'large' && <ScaleOffer {...stage} successor={chooser} onScale={() => scale(stage.file, stage.facts)} />}
      <p role="status" className={styles.hint}>
        {stage.kind === 'busy' ? stage.text : report}
      </p>
      {source && children}
    </div>
  );
}

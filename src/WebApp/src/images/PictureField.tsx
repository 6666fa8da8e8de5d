import { type ClipboardEvent, type DragEvent, useId, useRef, useState } from 'react';
import type { LibraryImage } from '../api/images';
import { type PictureChange, shownUrl } from '../games/form/fields';
import { describeImage } from './describeImage';
import { FileInput } from './FileInput';
import { LibraryButton } from './LibraryButton';
import { Picture } from './Picture';
import styles from './PictureField.module.css';
import type { PictureFacts } from './readPicture';
import { byteSize } from './size';
import { TemporaryButton } from './TemporaryButton';
import { UploadProgress } from './UploadProgress';
import { usePicture } from './usePicture';
import { useUpload } from './useUpload';

interface PictureFieldProps {
  name: string;
  label: string;
  /** The guild of the game; an empty text for none. */
  guildId: string;
  /** The picture that the game shows now. */
  imageId: string | null;
  change: PictureChange;
  error: string | undefined;
  onChange: (change: PictureChange) => void;
  /** Called with the reason why the picture cannot be saved yet, or undefined when it can. */
  onObstacle: (obstacle: string | undefined) => void;
}

const sizeOf = ({ width, height }: PictureFacts) => (width > 0 ? `${width} × ${height} pixels and ` : '');

/** Lets a member choose, drop or paste a picture, or take one of the guild. A new picture is uploaded at once. */
export function PictureField(props: PictureFieldProps) {
  const { name, label, guildId, imageId, change, error, onChange, onObstacle } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const { stage, report, set, take, scale, dismiss } = usePicture(guildId, onChange, onObstacle);
  const upload = change.kind === 'upload' ? change.upload : null;
  const uploading = useUpload(upload, label);
  const [isOver, setIsOver] = useState(false);

  const choose = (image: LibraryImage) => set({ kind: 'stored', id: image.id }, `From your guild's pictures: ${describeImage(image)}`);

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

  const url = shownUrl(change, imageId);
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
      {url && <Picture className={styles.shown} data-name={name} src={url} alt={`${label} of this game`} width={320} height={180} />}
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
          {`${url ? 'Replace' : 'Choose'} the ${picture}`}
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
        {url && (
          <TemporaryButton successor={chooser} onPress={() => set({ kind: imageId ? 'remove' : 'keep' }, `${label} removed.`)}>
            {`Remove the ${picture}`}
          </TemporaryButton>
        )}
        {imageId && change.kind !== 'keep' && (
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
      {stage.kind === 'large' && (
        <div role="alert" className={styles.offer}>
          <p>{`${stage.reason} This one has ${sizeOf(stage.facts)}${byteSize(stage.file.size)}.`}</p>
          <TemporaryButton successor={chooser} onPress={() => scale(stage.file, stage.facts)}>
            Scale it down
          </TemporaryButton>
        </div>
      )}
      <p role="status" className={styles.hint}>
        {stage.kind === 'busy' ? stage.text : report}
      </p>
    </div>
  );
}

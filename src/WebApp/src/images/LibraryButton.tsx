import { lazy, Suspense, useState } from 'react';
import type { LibraryImage } from '../api/images';
import { Boundary } from '../layout/Boundary';

const PictureLibrary = lazy(() => import('./PictureLibrary'));

interface LibraryButtonProps {
  /** The guild of the game; an empty text for none. */
  guildId: string;
  onChoose: (image: LibraryImage) => void;
}

/** Opens the pictures that are stored already. */
export function LibraryButton({ guildId, onChoose }: LibraryButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);

  const choose = (image: LibraryImage) => {
    close();
    onChoose(image);
  };

  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        Your guild's pictures
      </button>
      {isOpen && (
        <Boundary fallback={<p role="alert">The pictures could not be loaded.</p>}>
          <Suspense>
            <PictureLibrary guildId={guildId} onChoose={choose} onClose={close} />
          </Suspense>
        </Boundary>
      )}
    </>
  );
}

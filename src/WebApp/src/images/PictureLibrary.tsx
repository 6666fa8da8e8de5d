import { useInfiniteQuery } from '@tanstack/react-query';
import { Collection, ListBox, ListBoxItem, ListBoxLoadMoreItem } from 'react-aria-components';
import { type LibraryImage, listImages } from '../api/images';
import { ModalDialog } from '../layout/ModalDialog';
import { boxes } from './boxes';
import { describeImage, describeUse } from './describeImage';
import { Picture } from './Picture';
import styles from './PictureLibrary.module.css';

interface PictureLibraryProps {
  /** The guild whose pictures are shown beside the member's uploads; an empty text for none. */
  guildId: string;
  onChoose: (image: LibraryImage) => void;
  onClose: () => void;
}

/** Lets a member choose a picture that is stored already. The next page is loaded when the last pictures come into view. */
export default function PictureLibrary({ guildId, onChoose, onClose }: PictureLibraryProps) {
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['images', guildId],
    queryFn: ({ pageParam, signal }) => listImages(guildId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  // A picture that was used between two requests is on two pages.
  const images = [...new Map(data?.pages.flatMap(({ items }) => items).map((image) => [image.id, image])).values()];
  const choose = (id: unknown) => {
    const chosen = images.find((image) => image.id === id);
    if (chosen) onChoose(chosen);
  };

  return (
    <ModalDialog title="Your guild's pictures" role="dialog" wide onClose={onClose}>
      {!guildId && <p>These are your own uploads. Choose a guild in the form to see its pictures, too.</p>}
      {isPending && <p role="status">Loading…</p>}
      {data && images.length === 0 && <p role="status">There are no pictures yet.</p>}
      {images.length > 0 && (
        <ListBox
          aria-label="Pictures"
          layout="grid"
          selectionMode="single"
          className={styles.pictures}
          onSelectionChange={(keys) => choose([...keys][0])}
        >
          <Collection items={images}>
            {(image) => (
              <ListBoxItem textValue={describeImage(image)} className={styles.picture}>
                <Picture className={styles.shown} source={image} alt="" box={boxes.library} priority="lazy" />
                <span>{`${describeImage(image)}, ${describeUse(image)}`}</span>
              </ListBoxItem>
            )}
          </Collection>
          {hasNextPage && !error && (
            <ListBoxLoadMoreItem isLoading={isFetchingNextPage} onLoadMore={() => void fetchNextPage()}>
              Loading…
            </ListBoxLoadMoreItem>
          )}
        </ListBox>
      )}
      {error && (
        <>
          <p role="alert">{error.message}</p>
          <button type="button" className="button" onClick={() => void (data ? fetchNextPage() : refetch())}>
            Try again
          </button>
        </>
      )}
      <button type="button" className={`button ${styles.close}`} onClick={onClose}>
        Close
      </button>
    </ModalDialog>
  );
}

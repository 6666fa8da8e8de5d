import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { getGame, type TaggedGame } from '../../api/games';
import { PageTitle } from '../../layout/PageTitle';
import { BeingDeleted } from '../BeingDeleted';
import { useDeletions } from '../Deletions';
import { GameFailure } from '../GameFailure';

/** A page with a form that begins with the game of its address, as that is now. */
export function ReadGame({ title, children }: { title: string; children: (read: TaggedGame) => ReactNode }) {
  const { id = '' } = useParams();
  const { hidden } = useDeletions();
  const { data, error, isFetchedAfterMount, refetch } = useQuery({
    queryKey: ['game', id],
    queryFn: ({ signal }) => getGame(id, signal),
    refetchOnMount: 'always',
  });

  return (
    <>
      <PageTitle>{title}</PageTitle>
      {hidden.has(id) ? (
        <BeingDeleted id={id} />
      ) : data && isFetchedAfterMount ? (
        children(data)
      ) : error ? (
        <GameFailure error={error} retry={() => void refetch()} />
      ) : (
        <p role="status">Loading…</p>
      )}
    </>
  );
}

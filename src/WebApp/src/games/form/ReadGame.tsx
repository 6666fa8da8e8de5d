import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { getGame, type TaggedGame } from '../../api/games';
import { PageTitle } from '../../layout/PageTitle';
import { BeingDeleted } from '../BeingDeleted';
import { useDeletions } from '../Deletions';
import { GameFailure } from '../GameFailure';

/** Reads the current version of the game in the address, and shows a form for it. */
export function ReadGame({ title, children }: { title: string; children: (read: TaggedGame) => ReactNode }) {
  const { id = '' } = useParams();
  const { hidden } = useDeletions();
  const { data, error, isFetchedAfterMount, refetch } = useQuery({
    queryKey: ['game', id],
    queryFn: ({ signal }) => getGame(id, signal),
    refetchOnMount: 'always',
  });

  const content = (): ReactNode => {
    if (hidden.has(id)) return <BeingDeleted id={id} />;
    if (data && isFetchedAfterMount) return children(data);
    if (error) return <GameFailure error={error} retry={() => void refetch()} />;
    return <p role="status">Loading…</p>;
  };

  return (
    <>
      <PageTitle>{title}</PageTitle>
      {content()}
    </>
  );
}

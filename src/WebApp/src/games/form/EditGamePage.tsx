import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { getGame } from '../../api/games';
import { PageTitle } from '../../layout/PageTitle';
import { useSession } from '../../session/SessionGate';
import { BeingDeleted } from '../BeingDeleted';
import { useDeletions } from '../Deletions';
import { GameFailure } from '../GameFailure';
import { draftKey } from './draft';
import { DraftForm } from './DraftForm';
import { valuesOf } from './fields';

export default function EditGamePage() {
  const { id = '' } = useParams();
  const { user } = useSession();
  const { hidden } = useDeletions();
  const { data, error, isFetchedAfterMount, refetch } = useQuery({
    queryKey: ['game', id],
    queryFn: ({ signal }) => getGame(id, signal),
    refetchOnMount: 'always',
  });

  return (
    <>
      <PageTitle>Edit game</PageTitle>
      {hidden.has(id) ? (
        <BeingDeleted id={id} />
      ) : data && isFetchedAfterMount ? (
        <DraftForm key={id} fresh={{ values: valuesOf(data.game), base: data }} draftKey={draftKey(user.id, id)} back={`/games/${id}`} />
      ) : error ? (
        <GameFailure error={error} retry={() => void refetch()} />
      ) : (
        <p role="status">Loading…</p>
      )}
    </>
  );
}

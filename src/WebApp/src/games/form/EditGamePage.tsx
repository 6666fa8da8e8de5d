import { useSession } from '../../session/SessionGate';
import { draftKey } from './draft';
import { DraftForm } from './DraftForm';
import { valuesOf } from './fields';
import { ReadGame } from './ReadGame';

export default function EditGamePage() {
  const { user } = useSession();
  return (
    <ReadGame title="Edit game">
      {(read) => {
        const { id } = read.game;
        const fresh = { values: valuesOf(read.game), base: read };
        return <DraftForm key={id} fresh={fresh} draftKey={draftKey(user.id, id)} back={`/games/${id}`} />;
      }}
    </ReadGame>
  );
}

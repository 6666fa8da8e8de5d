import { useSession } from '../../session/SessionGate';
import { draftKey } from './draft';
import { DraftForm } from './DraftForm';
import { valuesOfCopy } from './fields';
import { ReadGame } from './ReadGame';

/** A new game that starts as a copy. It is created when the member saves it, so the bot announces the saved values. */
export default function CloneGamePage() {
  const { user } = useSession();
  return (
    <ReadGame title="Clone game">
      {({ game }) => (
        <DraftForm
          key={game.id}
          fresh={{ values: valuesOfCopy(game), base: null, original: game }}
          draftKey={draftKey(user.id, `copy of ${game.id}`)}
          back={`/games/${game.id}`}
        />
      )}
    </ReadGame>
  );
}

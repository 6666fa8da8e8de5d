import { useSession } from '../../session/SessionGate';
import { draftKey } from './draft';
import { DraftForm } from './DraftForm';
import { valuesOfCopy } from './fields';
import { ReadGame } from './ReadGame';

/** A new game that begins as a copy. The service hears of it when it is saved, so the bot announces it as it is then. */
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

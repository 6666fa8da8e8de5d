import { PageTitle } from '../../layout/PageTitle';
import { useSession } from '../../session/SessionGate';
import { draftKey } from './draft';
import { DraftForm } from './DraftForm';
import { emptyValues } from './fields';

export default function NewGamePage() {
  const { user, guilds } = useSession();
  const onlyGuild = guilds.length === 1 ? guilds[0]!.id : '';
  const fresh = { values: { ...emptyValues, guild_id: onlyGuild }, base: null };
  return (
    <>
      <PageTitle>New game</PageTitle>
      <DraftForm fresh={fresh} draftKey={draftKey(user.id, 'new')} back="/games" />
    </>
  );
}

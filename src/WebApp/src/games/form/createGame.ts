import { openFreshConnection } from '../../api/freshConnection';
import type { Game, TaggedGame } from '../../api/games';
import { Problem } from '../../api/problem';
import { saveGame } from '../../api/saveGame';
import { fetchPicture } from '../../images/fetchPicture';
import type { SentGame } from './draft';
import { labels, noPictureChanges, type PictureChanges, pictureId, pictureNames, toBody, toCreate, type Values } from './fields';
import type { Saving } from './useSaving';

export interface NewGame {
  values: Values;
  pictures: PictureChanges;
  /** The game that this one is a copy of, whose pictures are kept. */
  original: Game | null;
  hostId: string;
  /** The ids of games that existed before. */
  known: string[];
}

/**
 * Sends a new game once.
 * @param onSend Called just before the request is sent. From then on, the service may have stored the game.
 * @throws {Problem} The service rejected the game, or there was no response.
 */
export async function createGame(
  game: NewGame,
  show: (saving: Saving) => void,
  onSend: (sent: SentGame) => void,
  signal: AbortSignal,
): Promise<TaggedGame> {
  const { values, hostId, known } = game;
  show({ kind: 'busy', text: 'Preparing to send…' });
  const body = toBody(toCreate(values), await withKeptPictures(game, signal));
  const since = await openFreshConnection(signal);
  onSend({ values, hostId, since, known });
  show({ kind: 'sending', sent: 0 });
  return saveGame({ body, onProgress: (sent) => show({ kind: 'sending', sent }), signal });
}

/** Adds the pictures that are kept from the original as files, since a new game has no pictures to keep. */
async function withKeptPictures({ pictures, original }: NewGame, signal: AbortSignal): Promise<PictureChanges> {
  const all = { ...noPictureChanges };
  for (const name of pictureNames) {
    const id = original && pictureId(original, name);
    if (pictures[name].kind === 'replace') all[name] = pictures[name];
    else if (pictures[name].kind === 'keep' && id) all[name] = { kind: 'replace', file: await fetchKept(name, id, signal), url: '' };
  }
  return all;
}

async function fetchKept(name: keyof PictureChanges, id: string, signal: AbortSignal): Promise<File> {
  try {
    return await fetchPicture(id, signal);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    const label = labels[name].toLowerCase();
    const sentence = `The ${label} of the original game was deleted. Choose another one, or remove it.`;
    throw new Problem(404, { detail: 'Nothing was saved.', errors: { [name]: [sentence] } });
  }
}

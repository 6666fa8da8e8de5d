import { attempt } from './draft';

const key = 'saved games';
// A lost game is newer than a minute, so older ids are not needed.
const mostIds = 20;

/** The ids of games that this tab saved. They survive a page load, so that the app takes none of them for a game whose answer got lost. */
export const readSavedGames = (): string[] => attempt(() => JSON.parse(sessionStorage.getItem(key) ?? '[]')) ?? [];

export const rememberSavedGame = (id: string) =>
  attempt(() => sessionStorage.setItem(key, JSON.stringify([...readSavedGames().filter((other) => other !== id), id].slice(-mostIds))));

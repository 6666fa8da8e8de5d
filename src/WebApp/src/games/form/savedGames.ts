import { attempt } from './draft';

const key = 'saved games';
// A game whose response was lost is less than a minute old, so older ids are not needed.
const mostIds = 20;

/**
 * The ids of the games that this tab saved. They survive a page load, so that the app does not mistake one of them for a game whose
 * response was lost.
 */
export const readSavedGames = (): string[] => attempt(() => JSON.parse(sessionStorage.getItem(key) ?? '[]')) ?? [];

export const rememberSavedGame = (id: string) =>
  attempt(() => sessionStorage.setItem(key, JSON.stringify([...readSavedGames().filter((other) => other !== id), id].slice(-mostIds))));

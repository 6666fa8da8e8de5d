import type { TaggedGame } from '../../api/games';
import type { Values } from './fields';

/** What somebody wrote and has not saved: pictures are not kept. */
export interface Draft {
  values: Values;
  /** The game that was being changed, as it was then. */
  base: TaggedGame | null;
}

const prefix = 'draft:';

/** @param userId Whose draft it is: others may sign in on this tab. */
export const draftKey = (userId: string, gameId: string | undefined) => `${prefix}${userId}:${gameId ?? 'new'}`;

/** Storage may be full or switched off, even for reading: the form is as safe as the page then. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}

export const readDraft = (key: string) => attempt((): Draft | null => JSON.parse(sessionStorage.getItem(key) ?? 'null'));

export const writeDraft = (key: string, draft: Draft) => attempt(() => sessionStorage.setItem(key, JSON.stringify(draft)));

export const clearDraft = (key: string) => attempt(() => sessionStorage.removeItem(key));

export const clearDrafts = () =>
  attempt(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  });

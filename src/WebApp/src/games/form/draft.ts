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

export function readDraft(key: string): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

export function writeDraft(key: string, draft: Draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage is full or switched off: the form is as safe as the page.
  }
}

export const clearDraft = (key: string) => sessionStorage.removeItem(key);

export function clearDrafts() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

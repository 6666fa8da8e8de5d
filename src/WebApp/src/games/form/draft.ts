import type { Game, TaggedGame } from '../../api/games';
import { type Body, emptyValues, type Values } from './fields';

/** A new game that was sent and may be stored, although no answer arrived. */
export interface SentGame {
  /** The Idempotency-Key of the request. */
  key: string;
  body: Body;
  /** The values of the form at that time, as a draft keeps them. */
  values: Values;
}

/** Text that a member wrote and has not saved. A draft has no pictures, and no texts of pictures that it does not have. */
export interface Draft {
  values: Values;
  /** The game that is being changed, as it was read. */
  base: TaggedGame | null;
  /** The game that a new one is a copy of. */
  original?: Game | null;
  /** The new game that was sent without an answer, so it may be stored. */
  sent?: SentGame | null;
}

const prefix = 'draft:';

/**
 * @param userId The author of the draft, since other users may sign in on this tab.
 * @param what The id of the game that is changed, "new", or "copy of" and an id.
 */
export const draftKey = (userId: string, what: string) => `${prefix}${userId}:${what}`;

/** Storage may be full or switched off, even for reading. The draft is then lost when the page is closed. */
export function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}

export const readDraft = (key: string) =>
  attempt(() => {
    const draft: Draft | null = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return draft && { ...completed(draft), sent: draft.sent && completed(draft.sent) };
  });

/** Adds the fields that an earlier version of this app did not have. */
const completed = <T extends { values: Values }>(stored: T): T => ({ ...stored, values: { ...emptyValues, ...stored.values } });

export const changeDraft = (key: string, change: Partial<Draft>, otherwise: Draft) =>
  writeDraft(key, { ...(readDraft(key) ?? otherwise), ...change });

export const writeDraft = (key: string, draft: Draft) => attempt(() => sessionStorage.setItem(key, JSON.stringify(draft)));

export const clearDraft = (key: string) => attempt(() => sessionStorage.removeItem(key));

export const clearDrafts = () =>
  attempt(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  });

import { expect, test, vi } from 'vitest';
import { clearDraft, clearDrafts, readDraft, writeDraft } from '../../src/games/form/draft';
import { emptyValues } from '../../src/games/form/fields';

const draft = { values: { ...emptyValues, title: 'Half' }, base: null };

test('A draft is kept until it is cleared', () => {
  writeDraft('draft:7:new', draft);
  writeDraft('draft:7:1', draft);
  expect(readDraft('draft:7:new')).toEqual(draft);
  clearDraft('draft:7:new');
  expect(readDraft('draft:7:new')).toBeNull();
  clearDrafts();
  expect(sessionStorage).toHaveLength(0);
});

test('Without storage no function fails', () => {
  const storage = vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('Storage is switched off.', 'SecurityError');
  });
  writeDraft('draft:7:new', draft);
  expect(readDraft('draft:7:new')).toBeNull();
  clearDraft('draft:7:new');
  clearDrafts();
  storage.mockRestore();
});

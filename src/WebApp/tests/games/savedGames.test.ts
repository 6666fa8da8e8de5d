import { expect, test, vi } from 'vitest';
import { readSavedGames, rememberSavedGame } from '../../src/games/form/savedGames';

test('The last twenty games are remembered without duplicates', () => {
  for (let n = 0; n < 30; n++) rememberSavedGame(`${n}`);
  rememberSavedGame('15');
  const ids = readSavedGames();
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([20, '10', '15']);
});

test('Without storage no game is remembered, and nothing fails', () => {
  const storage = vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('Storage is switched off.', 'SecurityError');
  });
  rememberSavedGame('1');
  expect(readSavedGames()).toEqual([]);
  storage.mockRestore();
});

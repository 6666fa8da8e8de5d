import { screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { open } from '../render';

const loaded = vi.hoisted(() => new Set<string>());

vi.mock('../../src/games/form/EmbedPreview', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});
vi.mock('../../src/session/SessionEndedDialog', () => {
  loaded.add('SessionEndedDialog');
  return { default: () => null };
});
vi.mock('../../src/session/OtherUserDialog', () => {
  loaded.add('OtherUserDialog');
  return { default: () => null };
});

// React reports each error that a boundary has caught.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));

test('A preview whose code cannot be loaded leaves the form unchanged', async () => {
  const { user } = open('/games/new');
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Root');
  expect(await screen.findByText('The preview could not be loaded.')).toBeDefined();
  expect(screen.getByRole('textbox', { name: /^Title/ })).toHaveProperty('value', 'Root');
});

test('The dialogs for the end of a session are loaded before they are needed', async () => {
  open('/games/new');
  await screen.findByRole('textbox', { name: /^Title/ });
  await vi.waitFor(() => expect(loaded).toEqual(new Set(['SessionEndedDialog', 'OtherUserDialog'])));
});

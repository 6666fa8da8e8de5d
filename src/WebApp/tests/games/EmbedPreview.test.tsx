import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aGame, Service } from '../service';
import { open } from '../render';

const game = aGame(1, { thumbnail_id: 'a', banner_image_id: 'b' });

test.each(['Thumbnail', 'Banner'])('A %s that fails to load is replaced with a placeholder in the preview', async (name) => {
  open(`/games/${game.id}/edit`, new Service().add(game));
  fireEvent.error(await screen.findByRole('img', { name: `${name} in the preview` }));
  expect(screen.getByRole('img', { name: `${name} in the preview, not available now` }).tagName).toBe('DIV');
});

test('A preview that is longer than the window can be scrolled with the keyboard', async () => {
  const height = vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(1);
  open(`/games/${game.id}/edit`, new Service().add(game));
  const preview = await screen.findByRole('group', { name: 'In Discord' });
  expect(preview.tabIndex).toBe(0);

  height.mockReturnValue(0);
  fireEvent.load(screen.getByRole('img', { name: 'Banner in the preview' }));
  expect(screen.queryByRole('group', { name: 'In Discord' })).toBeNull();
});

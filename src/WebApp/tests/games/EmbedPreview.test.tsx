import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aVariedSource } from '../images/sources';
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

test('The pictures of the preview have the size that they will have, before they are loaded', async () => {
  const service = new Service().add(game);
  service.shown = { a: aVariedSource(600, 1200), b: aVariedSource(1600, 400) };
  open(`/games/${game.id}/edit`, service);
  const size = async (name: string) => {
    const picture = await screen.findByRole('img', { name: `${name} in the preview` });
    return ['width', 'height', 'sizes'].map((attribute) => picture.getAttribute(attribute));
  };
  expect(await size('Thumbnail')).toEqual(['40', '80', 'calc(1 * 40px)']);
  expect(await size('Banner')).toEqual(['400', '100', 'calc(1 * 400px)']);
});

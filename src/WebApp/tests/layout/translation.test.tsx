import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { drop } from '../images/bannerField';
import { png } from '../images/pictures';
import { goTo, open } from '../render';
import { aGame, Service } from '../service';
import { translate } from '../translate';

let translator: MutationObserver | undefined;
afterEach(() => translator?.disconnect());

const game = aGame(1, { title: 'Dune: Imperium' });

test('The button of a picture changes on a page that the browser translated', async () => {
  open(`/games/${game.id}/edit`, new Service().add(game));
  const group = await screen.findByRole('group', { name: 'Banner' });
  translator = translate(document.body);
  expect(within(group).getByRole('button', { name: 'Choose the banner' })).toBeDefined();

  drop(group, png(10, 10));
  expect(await within(group).findByRole('button', { name: 'Replace the banner' })).toBeDefined();
  expect(within(group).queryByRole('button', { name: 'Choose the banner' })).toBeNull();
});

test('All pages can be opened and changed after the browser translated them', async () => {
  const { user } = open('/games', new Service().add(game));
  translator = translate(document.body);
  await user.click(await screen.findByRole('link', { name: 'Dune: Imperium' }));
  await screen.findByRole('heading', { name: 'Dune: Imperium' });

  await goTo(`/games/${game.id}/edit`);
  const title = await screen.findByRole('textbox', { name: /Title/ });
  await user.clear(title);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/title/i, { selector: '[slot=errorMessage] font' })).toBeDefined();
  await user.type(title, 'Brass');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Brass' })).toBeDefined());
});

import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { problem, Service } from '../service';
import { currentAddress, goBack, open, Upload } from '../render';
import { edit, game, save, saves, title } from './gameForm';

test('A change sends only the changed fields, and the version that was read', async () => {
  const { user, service } = edit();
  await user.clear(await screen.findByRole('textbox', { name: 'Where' }));
  await user.click(save());

  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(saves(service)[0]!.body).toEqual({ location: null });
  expect(saves(service)[0]!.headers.get('If-Match')).toBe('"1"');
});

test('After a change, Back leads to the page before the form, from its top', async () => {
  const { user } = open('/games', new Service().add(game));
  await user.click(await screen.findByRole('link', { name: 'Root' }));
  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  await user.type(await title(), '!');
  const scrolled = vi.fn<typeof scrollTo>();
  vi.stubGlobal('scrollTo', scrolled);
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(scrolled).toHaveBeenCalledWith(0, 0);

  goBack();
  await waitFor(() => expect(document.title).toMatch(/^Root!/));
  expect(currentAddress()).toBe(`/games/${game.id}`);
});

test('Only the statuses that the service allows are offered', async () => {
  edit();
  const status = await screen.findByRole('combobox', { name: 'Status' });
  expect(within(status).getAllByRole('option').map((option) => option.textContent)).toEqual(['Scheduled', 'In progress', 'Cancelled']);
});

test('An unchanged start in the past needs no confirmation', async () => {
  const { user } = edit(new Service().add({ ...game, scheduled_at: '2020-01-01T20:00:00Z' }));
  await user.type(await title(), '!');
  await user.click(save());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
});

test('A double click on Save sends once', async () => {
  const { user, service } = edit();
  await user.type(await title(), '!');
  Upload.holds = true;
  const button = save();
  act(() => {
    button.click();
    button.click();
  });
  await waitFor(() => expect(Upload.held).toHaveLength(1));
  await act(() => Upload.held[0]!.finish());
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(saves(service)).toHaveLength(1);
});

test('While a game is being saved, Save keeps the focus and does nothing', async () => {
  const { user, service } = edit();
  service.refuse = (call) => (call.method === 'PATCH' ? problem(500, {}) : undefined);
  await user.clear(await title());
  await user.type(await title(), 'Root!');
  Upload.holds = true;
  const button = save();
  await user.click(button);
  await user.clear(await title());
  await user.click(button);
  expect(screen.queryByText('A title is required.')).toBeNull();
  expect(button).toMatchObject({ disabled: false, ariaDisabled: 'true' });

  await act(() => Upload.held[0]!.finish());
  await screen.findByText(/^GameImages has a problem/);
  expect(Upload.held).toHaveLength(1);
  expect(document.activeElement).toBe(save());
});

test('Discard asks for a confirmation only when the form was changed', async () => {
  const { user } = edit();
  await user.type(await title(), '!');
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await user.click(await screen.findByRole('button', { name: 'Discard changes' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
  expect(sessionStorage).toHaveLength(0);

  await user.click(await screen.findByRole('link', { name: 'Edit' }));
  await title();
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(currentAddress()).toBe(`/games/${game.id}`));
});

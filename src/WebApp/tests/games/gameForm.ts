import { fireEvent, screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { aGame, Service } from '../service';
import { open } from '../render';

export const game = aGame(1, { title: 'Root', location: 'Table 3' });
export const edit = (service = new Service().add(game)) => open(`/games/${game.id}/edit`, service);
export const save = () => screen.getByRole('button', { name: /^(Save|Try again)$/ });
export const saves = (service: Service) => [...service.sent('POST', '/api/v1/games'), ...service.sent('PATCH', '/api/v1/games')];
export const title = () => screen.findByRole('textbox', { name: /^Title/ });

export async function retype(user: UserEvent, field: HTMLElement, text: string) {
  await user.clear(field);
  await user.type(field, text);
}

export async function choose(label: string, file: File) {
  const field = within(await screen.findByRole('group', { name: label }));
  fireEvent.change(field.getByLabelText(label, { selector: 'input' }), { target: { files: [file] } });
  await field.findByText(new RegExp(`^${file.name}`));
}

export async function fillIn(user: UserEvent, start = '2027-02-07T20:30') {
  await user.type(await title(), 'Root');
  await user.selectOptions(screen.getByRole('combobox', { name: /^Guild/ }), 'Board gamers');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), '5');
  fireEvent.change(screen.getByLabelText(/^Start/), { target: { value: start } });
}

/** Stores the next change, and loses its response. */
export function loseResponse(service: Service) {
  service.refuse = (call) => {
    if (call.method !== 'PATCH') return undefined;
    service.refuse = undefined;
    service.respond(call);
    service.calls.pop();
    return Response.error();
  };
}

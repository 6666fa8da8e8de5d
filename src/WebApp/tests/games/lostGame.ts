import { fireEvent, screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import type { Call, Service } from '../service';
import { open } from '../render';

export const lost = 'Your game was saved, although the confirmation did not arrive.';
export const absent = 'Your game is not in the list, so it was probably not saved.';
export const missing = `GameImages cannot be reached. Check your internet connection. ${absent}`;
export const unknown = 'Your game may or may not have been saved. If you send it again, it may exist twice.';
export const start = '2099-02-07T19:30';

export const posts = (service: Service) => service.sent('POST', '/api/');
export const press = (user: UserEvent, name: string) => user.click(screen.getByRole('button', { name }));
export const isPost = ({ method }: Call) => method === 'POST';
export const isList = ({ method, url }: Call) => method === 'GET' && url.pathname === '/api/v1/games';

export async function fillInForm(user: UserEvent) {
  await user.type(await screen.findByRole('textbox', { name: /^Title/ }), 'Root');
  await user.selectOptions(screen.getByRole('combobox', { name: /^Guild/ }), 'Board gamers');
  await user.type(screen.getByRole('textbox', { name: /^Channel ID/ }), '5');
  fireEvent.change(screen.getByLabelText(/^Start/), { target: { value: start } });
}

export async function fillIn() {
  const view = open('/games/new');
  await fillInForm(view.user);
  return view;
}

type Step = [fits: (call: Call) => boolean, respond: (call: Call) => Response];

/** Responds to the next call that fits the first step, then to the next one that fits the second step, and so on. */
export function respond(service: Service, ...[step, ...rest]: Step[]) {
  service.refuse =
    step &&
    ((call) => {
      if (!step[0](call)) return undefined;
      respond(service, ...rest);
      return step[1](call);
    });
}

export const lose = () => Response.error();

/** Stores the game, and loses the response. */
export const storeAndLose = (service: Service) => (call: Call) => {
  service.respond(call);
  service.calls.pop();
  return Response.error();
};

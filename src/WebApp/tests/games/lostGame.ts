import { fireEvent, screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import type { Call, Service } from '../service';
import { open } from '../render';

const once = 'Save it again, and it is stored once.';
export const unconfirmed = `GameImages did not confirm your game. ${once}`;
export const unreachable = 'GameImages cannot be reached. Check your internet connection.';
export const noticeOf = (title: string) =>
  `GameImages did not confirm “${title}”. ${unreachable} Your text is still in the form. ${once}`;
export const start = '2099-02-07T19:30';

export const posts = (service: Service) => service.sent('POST', '/api/v1/games');
export const press = (user: UserEvent, name: string) => user.click(screen.getByRole('button', { name }));
export const isPost = ({ method, url }: Call) => method === 'POST' && url.pathname === '/api/v1/games';
export const keys = (service: Service) => posts(service).map(({ headers }) => headers.get('Idempotency-Key'));

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
  const { refuse } = service;
  service.refuse = undefined;
  service.respond(call);
  service.calls.pop();
  service.refuse = refuse;
  return Response.error();
};

/** The number of requests until the app gives up. */
export const attempts = 5;

/** Loses the request or its response each time. */
export const always = (lost: (call: Call) => Response) => Array.from({ length: attempts }, (): Step => [isPost, lost]);

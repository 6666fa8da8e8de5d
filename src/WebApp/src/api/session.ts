import { read } from './earlyResponses';
import { Problem } from './problem';
import { csrfHeader } from './request';

export interface Guild {
  id: string;
  name: string;
  icon_url: string | null;
}

export interface Session {
  user: { id: string; name: string; avatar_url: string | null };
  guilds: Guild[];
  csrf_token: string;
  expires_at: string;
}

export interface SignInOptions {
  discord: boolean;
  try_it: boolean;
}

/** Sends a request without request(), since a 401 is not an error here: it means that the browser is not signed in. */
async function call(path: string, init?: RequestInit): Promise<Response> {
  const response = await (init ? fetch(path, init) : read(path)).catch(() => {
    throw Problem.unreachable();
  });
  if (!response.ok && response.status !== 401)
    throw Problem.read(response.status, await response.text(), response.headers.get('Retry-After'));
  return response;
}

/** @returns null when the browser is not signed in. */
export async function readSession(): Promise<Session | null> {
  const response = await call('/api/v1/session');
  return response.ok ? response.json() : null;
}

export const readSignInOptions = async (): Promise<SignInOptions> => (await call('/api/v1/sign-in-options')).json();

/** Signs in without Discord. The service allows this in development only. */
export const tryIt = () => call('/sign-in/try-it', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });

export const signOut = () => call('/sign-out', { method: 'POST', headers: csrfHeader() });

/** The URL that starts a sign-in with Discord, which ends at the return URL. */
export const discordUrl = (returnUrl: string) => `/sign-in?return_url=${encodeURIComponent(returnUrl)}`;

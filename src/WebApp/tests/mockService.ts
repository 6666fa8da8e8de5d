import type { IncomingMessage } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { aGame, Service } from './service.ts';

const titles = ['Dune: Imperium', 'Root', 'Blood on the Clocktower', 'Wingspan', 'Ark Nova', 'Brass: Birmingham', 'Cascadia', 'Gloomhaven', 'Azul', 'Heat'];
const statuses = ['scheduled', 'in_progress', 'completed', 'cancelled'] as const;
const day = 24 * 60 * 60_000;

function games() {
  return Array.from({ length: 60 }, (_, n) => {
    const picture = (kind: number) => `00000000-0000-4000-8000-${String(kind * 100 + n).padStart(12, '0')}`;
    return aGame(n + 1, {
      title: titles[n % titles.length]! + (n < titles.length ? '' : `, evening ${Math.ceil(n / titles.length)}`),
      guild_id: n % 3 === 0 ? '43' : '42',
      status: statuses[n % 5 === 0 ? n % 4 : 0]!,
      scheduled_at: new Date(Math.round((Date.now() + (20 - n) * 1.3 * day) / 1_800_000) * 1_800_000).toISOString(),
      description: 'The base game, for four. Newcomers are welcome: the rules take a quarter of an hour.\n\nBring a cushion.',
      location: 'Table 3, or the voice channel',
      signup_instructions: 'React with a die.',
      expected_duration_minutes: 150,
      max_players: 5,
      thumbnail_id: n % 4 === 3 ? null : picture(1),
      banner_image_id: n % 4 === 2 ? null : picture(2),
    });
  });
}

/** Lets the pages be seen without the service: vite --mode mock. */
export function mockService(): Plugin {
  const service = new Service().add(...games());

  const handle: Connect.NextHandleFunction = async (request, response, next) => {
    const url = new URL(request.url!, 'http://localhost');
    if (!/^\/(api|sign-in|sign-out)(\/|$)/.test(url.pathname)) return next();

    const picture = url.pathname.match(/\/(?:images\/.*(\d\d)|guilds\/\d*(\d)\/icon)$/);
    if (picture) return response.setHeader('Content-Type', 'image/svg+xml').end(drawing(Number(picture[1] ?? picture[2])));

    const answer = service.answer(await read(request, url));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  };

  return {
    name: 'mock-service',
    configureServer: ({ middlewares }) => void middlewares.use(handle),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(handle),
  };
}

async function read(request: IncomingMessage, url: URL) {
  const headers = new Headers(request.headers as Record<string, string>);
  const bytes = Buffer.concat(await request.toArray());
  const body = bytes.length === 0 ? undefined : new Response(bytes, { headers: { 'Content-Type': headers.get('Content-Type') ?? '' } });
  const isForm = headers.get('Content-Type')?.startsWith('multipart/');
  return { method: request.method!, url, headers, body: await (isForm ? body?.formData() : body?.json()) };
}

const drawing = (n: number) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" preserveAspectRatio="xMidYMid slice">
<rect width="400" height="200" fill="hsl(${n * 47} 35% 55%)"/><circle cx="${(n * 61) % 400}" cy="150" r="120" fill="hsl(${n * 47 + 40} 45% 45%)"/>
<path d="M0 200L${(n * 37) % 300} 60L400 200z" fill="hsl(${n * 47 - 50} 30% 30%)"/></svg>`;

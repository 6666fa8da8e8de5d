import type { IncomingMessage } from 'node:http';
import { rgbaToThumbHash } from 'thumbhash';
import type { Connect, Plugin } from 'vite';
import type { Status } from '../src/api/games';
import { aGame, Service } from './service.ts';
import { aVariedSource } from './images/sources.ts';

const titles = [
  'Lanterns over Loma',
  'Copper Harbor',
  'The Glass Orchard',
  'Moss and Marble',
  'Night Ferry',
  'Tidewall',
  'The Salt Road',
  'Starling Peak',
  'Kite Season',
  'Ember Valley',
];

/** The number of the game that starts today. The games before it start later. */
const nextGame = 20;

function statusOf(n: number): Status {
  if (n % 7 === 5) return 'cancelled';
  if (n === nextGame) return 'in_progress';
  return n < nextGame ? 'scheduled' : 'completed';
}

function evening(days: number, n: number): Date {
  const start = new Date();
  start.setDate(start.getDate() + days);
  start.setHours(18 + (n % 3), n % 2 === 0 ? 0 : 30, 0, 0);
  return start;
}

function games() {
  return Array.from({ length: 60 }, (_, n) => {
    const picture = (kind: number) => `00000000-0000-4000-8000-${String(kind * 100 + n).padStart(12, '0')}`;
    return aGame(n + 1, {
      host_name: 'Member',
      title: titles[n % titles.length]! + (n < titles.length ? '' : `, evening ${Math.floor(n / titles.length) + 1}`),
      guild_id: n % 3 === 0 ? '43' : '42',
      status: statusOf(n),
      scheduled_at: evening(Math.round((nextGame - n) * 1.3), n).toISOString(),
      description: 'The base game, for four. Newcomers are welcome: the rules take a quarter of an hour.\n\nBring a cushion.',
      location: 'Table 3, or the voice channel',
      signup_instructions: 'React with a die.',
      expected_duration_minutes: 150,
      max_players: 5,
      thumbnail_id: n % 8 === 7 ? null : picture(1),
      banner_image_id: n % 4 === 2 ? null : picture(2),
    });
  });
}

/** Shows the pages without the service: vite --mode mock. */
export function mockService(): Plugin {
  const service = new Service().add(...games());
  service.user.name = 'Member';
  for (const id of service.games.flatMap((game) => [game.thumbnail_id, game.banner_image_id])) if (id) service.shown[id] = seen(id);

  const handle: Connect.NextHandleFunction = async (request, response, next) => {
    const url = new URL(request.url!, 'http://localhost');
    if (!/^\/(api|sign-in|sign-out)(\/|$)/.test(url.pathname)) return next();

    const picture = url.pathname.match(/\/(?:images\/[\d-]*(\d\d)(?:\.jpg|\/(\d+)\.webp)?|guilds\/\d*(\d)\/icon)$/);
    if (picture) {
      const [, image, width, guild] = picture;
      return response.setHeader('Content-Type', 'image/svg+xml').end(drawing(Number(image ?? guild), Number(width ?? 1600)));
    }

    const result = service.respond(await read(request, url));
    response.writeHead(result.status, Object.fromEntries(result.headers)).end(Buffer.from(await result.arrayBuffer()));
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
  const isPicture = url.pathname === '/api/v1/images';
  const body = isPicture || bytes.length === 0 ? new Blob([bytes]) : JSON.parse(bytes.toString());
  return { method: request.method!, url, headers, body };
}

/** What the worker would find out about a drawing. The placeholder has the colors of its sky. */
function seen(id: string) {
  const row = (y: number) => Array.from({ length: 16 }, () => hslToRgb(Number(id.slice(-2)) * 47, 0.6, 0.3 + y * 0.04));
  const placeholder = rgbaToThumbHash(16, 8, Array.from({ length: 8 }, (_, y) => row(y)).flat(2));
  return {
    ...aVariedSource(1600, 800, `/api/v1/public/images/${id}`),
    placeholder: Buffer.from(placeholder).toString('base64'),
  };
}

/** CSS Color 4, section 7.1. */
function hslToRgb(hue: number, saturation: number, lightness: number): number[] {
  const channel = (offset: number) => {
    const turn = (offset + hue / 30) % 12;
    const amount = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - amount * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))));
  };
  return [channel(0), channel(8), channel(4), 255];
}

/** Draws two rows of hills before the sun, with other colors and shapes for each number. */
function drawing(n: number, width: number) {
  const hue = n * 47;
  const hills = (lightness: number, height: number, shift: number) => {
    const steps = Array.from({ length: 41 }, (_, step) => `${step * 10} ${height + 14 * Math.sin(step / 4 + n * 2 + shift)}`);
    return `<path d="M0 200L${steps.join('L')}L400 200z" fill="hsl(${hue} 40% ${lightness}%)"/>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width / 2}" viewBox="0 0 400 200"
    preserveAspectRatio="xMidYMid slice">
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 55% 28%)"/><stop offset="1" stop-color="hsl(${hue + 20} 75% 66%)"/>
</linearGradient><rect width="400" height="200" fill="url(#sky)"/>
<circle cx="${160 + ((n * 37) % 110)}" cy="85" r="36" fill="hsl(${hue + 30} 90% 82%)"/>${hills(32, 118, 0)}${hills(19, 152, 2)}</svg>`;
}

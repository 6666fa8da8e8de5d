import type { Game } from '../src/api/games';
import type { GuildUsage, LibraryImage, ShownImage, Source } from '../src/api/images';
import type { Guild } from '../src/api/session';
import { type Call, changesOf, id } from './calls.ts';

export type { Call };

type Tagged = Game & { version: number };

export const aGame = (n: number, changes: Partial<Game> = {}): Game => ({
  id: id(n),
  guild_id: '42',
  channel_id: '1153029748217741432',
  host_id: '7',
  host_name: 'Ann',
  title: `Game ${n}`,
  description: null,
  signup_instructions: null,
  location: null,
  scheduled_at: '2027-02-07T19:30:00Z',
  expected_duration_minutes: null,
  max_players: null,
  status: 'scheduled',
  thumbnail_id: null,
  banner_image_id: null,
  thumbnail: null,
  banner: null,
  thumbnail_alt: null,
  banner_alt: null,
  created_at: '2026-01-31T18:02:11.508213Z',
  updated_at: '2026-01-31T18:02:11.508213Z',
  ...changes,
});

export const anImage = (n: number, changes: Partial<LibraryImage> = {}): LibraryImage => ({
  id: id(n),
  mime_type: 'image/jpeg',
  width: 800,
  height: 200,
  byte_length: 1_887_437,
  used_at: '2026-01-31T18:02:11.508213Z',
  games: 0,
  expires_at: null,
  ...aSource(id(n)),
  ...changes,
});

/** Where an image is that the worker has not seen yet. */
export const aSource = (imageId: string): Pick<Source, 'url' | 'placeholder' | 'variants'> => ({
  url: `/api/v1/public/images/${imageId}.jpg`,
  placeholder: null,
  variants: [],
});

/** A service in memory that follows the contract which the app needs, without most of its rules. */
export class Service {
  games: Tagged[] = [];
  calls: Call[] = [];
  /** What the worker found out about the images of games, by their ids. */
  shown: Record<string, Partial<ShownImage>> = {};
  /** The pictures in the library. */
  library: LibraryImage[] = [];
  usage: GuildUsage = {
    guild_id: '42',
    games: { use: 60, limit: 100_000 },
    images: { use: 12, limit: 10_000 },
    bytes: { use: 35_651_584, limit: 5_368_709_120 },
  };
  guilds: Guild[] = [
    { id: '42', name: 'Board gamers', icon_url: '/api/v1/guilds/42/icon' },
    { id: '43', name: 'Dungeon crawlers', icon_url: null },
  ];
  signedIn = true;
  user = { id: '7', name: 'Ann', avatar_url: null };
  token = 'token';
  discord = true;
  /** The games that were created, by their Idempotency-Keys. */
  private keys = new Map<string, Tagged>();
  /** Replaces the response of one call: the first one for which it returns something. A test may set the next function in it. */
  refuse: ((call: Call) => Response | undefined) | undefined;

  add(...games: Game[]) {
    this.games.push(...games.map((game) => ({ ...game, version: 1 })));
    return this;
  }

  sent = (method: string, path: string) => this.calls.filter((call) => call.method === method && call.url.pathname.startsWith(path));

  respond(call: Call): Response {
    this.calls.push(call);
    const { refuse } = this;
    const refused = refuse?.(call);
    if (refused) {
      if (this.refuse === refuse) this.refuse = undefined;
      return refused;
    }

    const { method, url } = call;
    switch (`${method} ${url.pathname}`) {
      case 'GET /api/v1/session':
        return this.signedIn ? json(200, this.session()) : problem(401, { title: 'Unauthorized' });
      case 'GET /api/v1/sign-in-options':
        return json(200, { discord: this.discord, try_it: true });
      case 'POST /sign-in/try-it':
        this.signedIn = true;
        return new Response(null, { status: 204 });
      case 'POST /sign-out':
        this.signedIn = false;
        return new Response(null, { status: 204 });
    }

    if (!/^\/api\/v1\/(games|images|guilds)(\/|$)/.test(url.pathname)) return problem(404, { title: 'Not Found' });
    if (!this.signedIn) return problem(401, { title: 'Unauthorized', code: 'session_ended' });
    if (method !== 'GET' && call.headers.get('X-CSRF-Token') !== this.token) return problem(400, { title: 'Bad Request', code: 'csrf' });

    if (url.pathname === '/api/v1/images') return method === 'GET' ? this.images(url.searchParams) : this.upload();
    if (url.pathname.endsWith('/usage')) return json(200, this.usage);

    const [, , , , gameId, action] = url.pathname.split('/');
    if (!gameId) return method === 'GET' ? this.list(url.searchParams) : this.create(call);
    const game = this.games.find((one) => one.id === gameId);
    if (!game) return problem(404, { title: 'Not Found', detail: `There is no game ${gameId}.` });
    if (action === 'clone') return this.insert({ ...game, id: id(1000 + this.games.length), status: 'scheduled' });
    if (method === 'GET') return this.tagged(200, game);

    const expected = call.headers.get('If-Match');
    if (expected && expected !== `"${game.version}"`)
      return problem(412, {
        title: 'Precondition Failed',
        detail: `Game ${gameId} was changed since the version that the request expects.`,
      });
    if (method === 'DELETE') {
      this.games = this.games.filter((one) => one !== game);
      return new Response(null, { status: 204 });
    }
    return this.tagged(200, Object.assign(game, changesOf(call, game), { version: game.version + 1 }));
  }

  private session = () => ({
    user: this.user,
    guilds: this.guilds,
    csrf_token: this.token,
    expires_at: '2027-01-01T00:00:00Z',
  });

  private list(query: URLSearchParams) {
    const limit = Number(query.get('limit') ?? 50);
    const from = Number(query.get('cursor') ?? 0);
    const found = this.games
      .filter((game) => !query.get('guild_id') || game.guild_id === query.get('guild_id'))
      .filter((game) => !query.get('status') || game.status === query.get('status'))
      .filter((game) => game.title.toLowerCase().includes((query.get('text') ?? '').toLowerCase()));
    const next = from + limit;
    const items = found.slice(from, next).map(this.present);
    return json(200, { items, next_cursor: next < found.length ? String(next) : null, refine: false });
  }

  private images(query: URLSearchParams) {
    const from = Number(query.get('cursor') ?? 0);
    const next = from + Number(query.get('limit') ?? 20);
    return json(200, { items: this.library.slice(from, next), next_cursor: next < this.library.length ? String(next) : null });
  }

  private upload() {
    const image = anImage(9000 + this.library.length);
    this.library.unshift(image);
    return json(201, image);
  }

  private create(call: Call) {
    const key = call.headers.get('Idempotency-Key') ?? '';
    const created = this.keys.get(key);
    if (created) return this.tagged(201, created);
    const game = aGame(2000 + this.games.length, { created_at: new Date().toISOString() });
    const response = this.insert({ ...game, ...changesOf(call) });
    this.keys.set(key, this.games.at(-1)!);
    return response;
  }

  private insert(game: Game) {
    this.add(game);
    return this.tagged(201, this.games.at(-1)!);
  }

  private tagged = (status: number, game: Tagged) => json(status, this.present(game), { ETag: `"${game.version}"` });

  private present = (game: Game): Game => ({
    ...game,
    thumbnail: this.show(game.thumbnail_id, game.thumbnail_alt ?? null),
    banner: this.show(game.banner_image_id, game.banner_alt ?? null),
  });

  private show = (imageId: string | null, alt: string | null): ShownImage | null =>
    imageId === null ? null : { id: imageId, width: null, height: null, alt, ...aSource(imageId), ...this.shown[imageId] };
}

const json = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

export const problem = (status: number, body: object) => json(status, { status, ...body }, { 'Content-Type': 'application/problem+json' });

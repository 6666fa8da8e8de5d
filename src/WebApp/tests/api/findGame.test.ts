import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { findGame } from '../../src/api/findGame';
import type { Game } from '../../src/api/games';
import { queryDefaults } from '../../src/api/queryDefaults';
import { aGame } from '../service';

const since = Date.parse('2026-11-30T12:00:00Z');
const { signal } = new AbortController();

const attemptOf = (title: string) => ({
  values: { guild_id: '42', channel_id: '5', title, scheduled_at: '2027-02-07T19:30:00Z' },
  hostId: '7',
  since,
  known: [],
});

/** Responds to each search with the next of these pages, and repeats the last one. @returns The texts that were searched. */
function servePages(...pages: { items: Game[]; next_cursor: string | null }[]) {
  const texts: (string | null)[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    if (pathname !== '/api/v1/games') return Response.json(aGame(1));
    texts.push(searchParams.get('text'));
    return Response.json(pages[Math.min(texts.length, pages.length) - 1]);
  });
  return texts;
}

test('The search continues after an empty page with a cursor, and compares the whole title', async () => {
  const title = 'x'.repeat(150);
  const lost = aGame(1, { title, channel_id: '5', created_at: new Date(since).toISOString() });
  const texts = servePages(
    { items: [], next_cursor: '1' },
    { items: [{ ...lost, id: 'other', title: `${title}!` }], next_cursor: '2' },
    { items: [lost], next_cursor: null },
  );
  expect((await findGame(attemptOf(title), signal))?.game.id).toBe(lost.id);
  expect(texts).toEqual(Array(3).fill('x'.repeat(100)));
});

test.each([
  [`${'x'.repeat(99)}🎲`, 'x'.repeat(99)],
  [`${'x'.repeat(98)}🎲🎲`, `${'x'.repeat(98)}🎲`],
  [`${'x'.repeat(99)}e\u0301`, 'x'.repeat(99)],
  [`${'x'.repeat(98)}\u1112\u1161\u11AB`, 'x'.repeat(98)],
  [`${'x'.repeat(98)}e\u0301`, `${'x'.repeat(98)}e\u0301`],
])('The search for %s does not cut a grapheme', async (title, text) => {
  const texts = servePages({ items: [], next_cursor: null });
  expect(await findGame(attemptOf(title), signal)).toBeNull();
  expect(texts).toEqual([text]);
});

test('The search ends after 40 requests, and the query client does not repeat it', async () => {
  const texts = servePages({ items: [], next_cursor: '1' });
  const client = new QueryClient(queryDefaults);
  const search = client.fetchQuery({ queryKey: ['sent game'], queryFn: () => findGame(attemptOf('Root'), signal), retryDelay: 0 });
  await expect(search).rejects.toThrow('The guild has too many games to search them all.');
  expect(texts).toHaveLength(40);
});

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { listGames } from '../api/games';
import { useAnnounce } from '../layout/Announcer';
import { Failure } from '../layout/Failure';
import { PageTitle } from '../layout/PageTitle';
import { useDeletions } from './Deletions';
import { GameCard } from './GameCard';
import { GameFilters } from './GameFilters';
import styles from './GamesPage.module.css';
import { LoadMore } from './LoadMore';
import { useFilters } from './useFilters';
import { useNow } from './useNow';

const noFilters = { guild_id: '', status: '', text: '' };

/** About how many cards fit into the window below the filters. */
const cardsInView = () => Math.max(1, Math.floor(innerWidth / 280)) * Math.max(1, Math.round(innerHeight / 450));

export function GamesPage() {
  const [filters, changeFilters] = useFilters();
  const { hidden } = useDeletions();
  const announce = useAnnounce();
  const now = useNow();
  const [first] = useState(cardsInView);

  const list = useInfiniteQuery({
    queryKey: ['games', filters],
    queryFn: ({ pageParam, signal }) => listGames(filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

  const games = list.data?.pages.flatMap((page) => page.items).filter(({ id }) => !hidden.has(id));
  const count = games?.length;
  const isFiltered = Object.values(filters).some(Boolean);

  useEffect(() => {
    if (count !== undefined) announce(`${count}${list.hasNextPage ? ' or more' : ''} ${count === 1 ? 'game' : 'games'}`);
  }, [announce, count, list.hasNextPage]);

  return (
    <>
      <PageTitle>Games</PageTitle>
      <GameFilters filters={filters} onChange={changeFilters} />

      {list.isPending && <Skeletons />}
      {list.isError && !games && <Failure error={list.error} retry={() => void list.refetch()} />}
      {count === 0 && !list.hasNextPage && <Empty isFiltered={isFiltered} onClear={() => changeFilters(noFilters)} />}

      {games && (
        <ul className={styles.grid} aria-busy={list.isFetching}>
          {games.map((game, place) => (
            <GameCard key={game.id} game={game} now={now} isFirst={place < first} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <LoadMore
          busy={list.isFetchingNextPage}
          error={list.error}
          isSearch={list.data?.pages.at(-1)?.refine === true}
          filters={filters}
          load={() => void list.fetchNextPage()}
        />
      )}
    </>
  );
}

function Skeletons() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading games…</span>
      <div className={styles.grid} aria-hidden="true">
        {Array.from({ length: 8 }, (_, card) => (
          <div key={card} className={styles.skeleton} />
        ))}
      </div>
    </div>
  );
}

function Empty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? (
    <div className="state">
      <h2>No matching games</h2>
      <p className="muted">Change the title, the guild or the status, or show all games.</p>
      <button type="button" className="button" onClick={onClear}>
        Show all games
      </button>
    </div>
  ) : (
    <div className="state">
      <h2>No games yet</h2>
      <p className="muted">The games of your guilds will appear here.</p>
      <Link className="button primary" to="/games/new">
        Plan the first game
      </Link>
    </div>
  );
}

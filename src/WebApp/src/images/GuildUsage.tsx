import { useQuery } from '@tanstack/react-query';
import { getUsage, type QuotaUse } from '../api/images';
import { count } from '../api/quota';
import styles from './GuildUsage.module.css';
import { byteSize } from './size';

const smallShare = 0.1;

const isLittleLeft = ({ use, limit }: QuotaUse) => limit - use <= limit * smallShare;

const left = ({ use, limit }: QuotaUse, some: string) => (use < limit ? some : 'No');

const describe = ({ use, limit }: QuotaUse, unit: (value: number) => string) => `${unit(use)} of ${unit(limit)}`;

/** Shows how much space the pictures of a guild take, and warns when little is left. It shows nothing if that is unknown. */
export function GuildUsage({ guildId, name }: { guildId: string; name: string }) {
  const { data } = useQuery({
    queryKey: ['usage', guildId],
    queryFn: ({ signal }) => getUsage(guildId, signal),
    enabled: guildId !== '',
  });
  if (!data) return null;

  const { images, bytes, games } = data;
  const warnings = [
    isLittleLeft(bytes) && `${left(bytes, 'Little')} space is left for pictures: ${name} uses ${describe(bytes, byteSize)}.`,
    isLittleLeft(images) && `${left(images, 'Few')} pictures are left: ${name} has ${describe(images, count)}.`,
    isLittleLeft(games) && `${left(games, 'Few')} games are left: ${name} has ${describe(games, count)}.`,
  ].filter((warning) => warning !== false);

  if (warnings.length > 0)
    return (
      <p role="status" className={styles.warning}>
        {warnings.join(' ')}
      </p>
    );
  return <p className={styles.usage}>{`${name} has ${describe(images, count)} pictures, which take ${describe(bytes, byteSize)}.`}</p>;
}

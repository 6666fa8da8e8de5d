import { useEffect, useId, useRef, useState } from 'react';
import type { Game, Status } from '../../api/games';
import { boxWithin } from '../../images/boxes';
import { Picture } from '../../images/Picture';
import { statusNames } from '../gameStatus';
import { duration, fullTime, until } from '../time';
import { useNow } from '../useNow';
import styles from './EmbedPreview.module.css';
import type { Values } from './fields';
import { type PictureChanges, shownSource } from './pictureChanges';

interface EmbedPreviewProps {
  values: Values;
  /** The name of the host. */
  host: string;
  /** The game whose pictures are shown as long as they are kept. */
  game: Game | null;
  pictures: PictureChanges;
}

/** Shows roughly how the announcement will look in Discord. */
export default function EmbedPreview({ values, host, game, pictures }: EmbedPreviewProps) {
  const now = useNow();
  const headingId = useId();
  const embed = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  const minutes = Number(values.expected_duration_minutes);

  const thumbnail = shownSource(pictures.thumbnail, game, 'thumbnail');
  const banner = shownSource(pictures.banner, game, 'banner');

  const fields: [name: string, value: string, inline: boolean][] = [
    ['Game Time', values.scheduled_at && `${fullTime(values.scheduled_at)} (${until(values.scheduled_at, now)})`, false],
    ['Host', `@${host}`, true],
    ['Run Time', minutes > 0 ? duration(minutes) : '', true],
    ['Where', values.location, false],
    ['Players', values.max_players && `max ${values.max_players}`, true],
    ['Signup Instructions', values.signup_instructions, false],
  ];

  const measure = () => setScrolls(embed.current!.scrollHeight > embed.current!.clientHeight);
  useEffect(measure);

  // A preview that scrolls must be reachable with the keyboard.
  const focusable = scrolls && { role: 'group', 'aria-labelledby': headingId, tabIndex: 0 };

  return (
    <>
      <h2 id={headingId} className={styles.heading}>
        In Discord
      </h2>
      <div ref={embed} className={styles.embed} data-status={values.status} {...focusable}>
        <div className={styles.top}>
          <div className={styles.text}>
            <p className={styles.author} dir="auto">
              {`@${host}`}
            </p>
            <p className={styles.title} dir="auto">
              {values.title || 'Title'}
            </p>
            {values.description && (
              <p className={styles.description} dir="auto">
                {values.description}
              </p>
            )}
          </div>
          {thumbnail && (
            <Picture
              className={styles.thumbnail}
              source={thumbnail}
              alt={values.thumbnail_alt || 'Thumbnail in the preview'}
              box={boxWithin(thumbnail, 80, 80)}
              onLoad={measure}
            />
          )}
        </div>
        <dl className={styles.fields}>
          {fields
            .filter(([, value]) => value)
            .map(([name, value, inline]) => (
              <div key={name} className={inline ? undefined : styles.wide}>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
        </dl>
        {banner && (
          <Picture
            className={styles.banner}
            source={banner}
            alt={values.banner_alt || 'Banner in the preview'}
            box={boxWithin(banner, 400, 300)}
            onLoad={measure}
          />
        )}
        <p className={styles.footer}>{`Status: ${statusNames[values.status as Status]}`}</p>
      </div>
    </>
  );
}

import { useState } from 'react';
import type { Game } from '../../api/games';
import { GuildUsage } from '../../images/GuildUsage';
import { PictureField } from '../../images/PictureField';
import { useSession } from '../../session/SessionGate';
import { clockChange } from '../clockChange';
import { reachable, statusNames } from '../gameStatus';
import { altFields, type PictureName, pictureNames } from '../pictures';
import { duration, fromLocalInput, timeZone, toLocalInput } from '../time';
import { AltTextField } from './AltTextField';
import { SelectField, TextInput } from './Field';
import { type FieldName, labels, type Values } from './fields';
import styles from './GameFields.module.css';
import type { PictureChange, PictureChanges } from './pictureChanges';
import type { Errors } from './validate';

const channelHint = 'The game is announced in this channel. In Discord, right-click the channel and copy its ID.';

interface GameFieldsProps {
  values: Values;
  /** The game that is being changed, or null for a new one. */
  base: Game | null;
  /** The game whose pictures are shown as long as they are kept. */
  pictured: Game | null;
  /** The name of the host. */
  host: string;
  pictures: PictureChanges;
  errors: Errors;
  onChange: (name: FieldName, value: string) => void;
  onPictureChange: (name: PictureName, change: PictureChange) => void;
  onPictureObstacle: (name: PictureName, obstacle: string | undefined) => void;
}

export function GameFields(props: GameFieldsProps) {
  const { values, base, pictured, host, pictures, errors, onChange, onPictureChange, onPictureObstacle } = props;
  const { guilds } = useSession();
  const field = (name: FieldName) => ({
    label: labels[name],
    value: values[name],
    error: errors[name],
    isRequired: RULES.fields[name]?.required ?? false,
    onChange: (value: string) => onChange(name, value),
  });
  const guildOptions = guilds.map(({ id, name }): [string, string] => [id, name]);
  const minutes = Number(values.expected_duration_minutes);

  return (
    <>
      <fieldset className={styles.group}>
        <legend>The game</legend>
        <p className="muted">
          Hosted by <bdi>{host}</bdi>
        </p>
        <TextInput {...field('title')} />
        <TextInput {...field('description')} multiline />
        {base ? (
          <SelectField {...field('status')} options={reachable(base.status).map((status) => [status, statusNames[status]])} />
        ) : (
          <SelectField {...field('guild_id')} options={[['', 'Choose a guild'], ...guildOptions]} />
        )}
        <TextInput {...field('channel_id')} inputMode="numeric" hint={channelHint} />
      </fieldset>

      <fieldset className={styles.group}>
        <legend>Pictures</legend>
        <GuildUsage guildId={values.guild_id} name={guilds.find(({ id }) => id === values.guild_id)?.name ?? 'The guild'} />
        {pictureNames.map((name) => (
          <PictureField
            key={name}
            name={name}
            label={labels[name]}
            guildId={values.guild_id}
            pictured={pictured}
            change={pictures[name]}
            error={errors[name]}
            onChange={(change) => onPictureChange(name, change)}
            onObstacle={(obstacle) => onPictureObstacle(name, obstacle)}
          >
            <AltTextField {...field(altFields[name])} limit={RULES.fields[altFields[name]]?.maxLength ?? Infinity} />
          </PictureField>
        ))}
      </fieldset>

      <fieldset className={styles.group}>
        <legend>When and where</legend>
        <StartField {...field('scheduled_at')} />
        <div className={styles.pair}>
          <TextInput {...field('expected_duration_minutes')} inputMode="numeric" hint={minutes > 0 ? duration(minutes) : undefined} />
          <TextInput {...field('max_players')} inputMode="numeric" />
        </div>
        <TextInput {...field('location')} />
        <TextInput {...field('signup_instructions')} multiline />
      </fieldset>
    </>
  );
}

/** Shows the start in the reader's time zone. A start that the member does not change keeps its seconds. */
function StartField({ value, onChange, ...rest }: Omit<Parameters<typeof TextInput>[0], 'type' | 'hint'>) {
  // The typed text is shown unchanged: while a member types 2026, the year is 0002 or 0020, when time zones had offsets with odd seconds.
  const [typed, setTyped] = useState('');

  const isTyped = value !== '' && fromLocalInput(typed) === value;
  const local = isTyped ? typed : value && toLocalInput(value);

  return (
    <TextInput
      {...rest}
      type="datetime-local"
      value={local}
      hint={[`Your time zone: ${timeZone()}.`, value && clockChange(local, value)].filter(Boolean).join(' ')}
      onChange={(text) => {
        setTyped(text);
        onChange(fromLocalInput(text));
      }}
    />
  );
}

import { useEffect } from 'react';
import { useAnnounce } from '../../layout/Announcer';
import styles from './AltTextField.module.css';
import { type FieldProps, TextInput } from './Field';
import { lengthError } from './validate';

const advice = 'For people who do not see the picture. Say what it shows in one short sentence, and repeat words in it that matter.';
const example = 'For example: “Four friends lean over the map of an island.”';

/** The text that describes a picture. It says at once when the text is too long. @param limit The number of characters. */
export function AltTextField({ limit, ...field }: FieldProps & { limit: number }) {
  const { label, value } = field;
  const announce = useAnnounce();
  const tooLong = lengthError(value, limit);

  useEffect(() => {
    if (tooLong) announce(`${label}: ${tooLong}`);
  }, [announce, label, tooLong]);

  const length = [...value].length.toLocaleString('en');
  const hint = (
    <>
      <span>{`${advice} ${example}`}</span>{' '}
      <span className={styles.count}>{`${length} of ${limit.toLocaleString('en')} characters.`}</span>
    </>
  );
  return (
    <div className={styles.field}>
      <TextInput {...field} error={field.error ?? tooLong} hint={hint} multiline />
    </div>
  );
}

import { type ReactNode, useId } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import styles from './Field.module.css';

export interface FieldProps {
  label: string;
  value: string;
  error: string | undefined;
  isRequired: boolean;
  onChange: (value: string) => void;
}

interface TextInputProps extends FieldProps {
  type?: string;
  inputMode?: 'numeric';
  hint?: ReactNode;
  multiline?: boolean;
}

export function TextInput({ label, value, error, isRequired, onChange, type, inputMode, hint, multiline = false }: TextInputProps) {
  return (
    <TextField
      className={styles.field}
      value={value}
      isInvalid={!!error}
      isRequired={isRequired}
      validationBehavior="aria"
      onChange={onChange}
    >
      <Label>
        <span>{label}</span>
        {isRequired && <Required />}
      </Label>
      {multiline ? <TextArea dir="auto" /> : <Input dir="auto" type={type} inputMode={inputMode} />}
      {!!hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </TextField>
  );
}

interface SelectFieldProps extends FieldProps {
  options: [value: string, name: string][];
}

export function SelectField({ label, value, error, isRequired, onChange, options }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        <span>{label}</span>
        {isRequired && <Required />}
      </label>
      <select
        id={id}
        value={value}
        required={isRequired}
        aria-invalid={!!error}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
      {error && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  );
}

const Required = () => (
  <span className={styles.required} aria-hidden="true">
    {' '}
    *
  </span>
);

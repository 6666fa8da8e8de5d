import type { Ref } from 'react';

interface FileInputProps {
  ref: Ref<HTMLInputElement>;
  label: string;
  onChoose: (file: File | undefined) => void;
}

/** A hidden input, which a button opens. */
export function FileInput({ ref, label, onChoose }: FileInputProps) {
  return (
    <input
      ref={ref}
      hidden
      type="file"
      aria-label={label}
      accept="image/png,image/jpeg,image/gif,image/webp"
      onChange={(event) => {
        onChoose(event.target.files?.[0]);
        // So that the member can choose the same file again.
        event.target.value = '';
      }}
    />
  );
}

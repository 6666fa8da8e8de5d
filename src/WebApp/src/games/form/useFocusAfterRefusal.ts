import { type RefObject, useEffect } from 'react';

/** Moves the focus to the first error after a refusal, but not while the member corrects a field. */
export function useFocusAfterRefusal(form: RefObject<HTMLFormElement | null>, refusals: number) {
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-refused="true"]')?.focus();
  }, [form, refusals]);
}

import { tick } from 'svelte';

/** Puts the focus into the first field within what was just brought onto the screen, so that typing goes on there. */
export async function focusField(within: string): Promise<void> {
  await tick();
  document
    .querySelector(within)
    ?.querySelector<HTMLElement>('input:checked, select, input:not([type="radio"])')
    ?.focus();
}

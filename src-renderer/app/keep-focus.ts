/**
 * Whoever works by keyboard never starts again from the top of the page: where what had the focus goes away (a what-if that was
 * approved, a row that was removed), the focus goes to the pane it stood in, else to the screen itself.
 * @param screen takes the focus at the last (tabindex -1)
 * @returns ends the watch
 */
export function keepFocus(screen: HTMLElement): () => void {
  /** What had the focus last, from itself outwards up to the screen. */
  let held: Element[] = [];

  function remember({ target }: FocusEvent): void {
    held = [];
    for (let at = target as Element | null; at !== null && at !== screen; at = at.parentElement) held.push(at);
  }

  function mend(): void {
    if (held[0]?.isConnected !== false || document.activeElement !== document.body) return;
    const pane = held.find((one) => one.isConnected && one.matches('[data-pane]'));
    (pane instanceof HTMLElement ? pane : screen).focus({ preventScroll: true });
  }

  const changes = new MutationObserver(mend);
  // Dialogs stand beside the screen: one that closes gives the focus back to what may be gone by then.
  changes.observe(document.body, { childList: true, subtree: true });
  screen.addEventListener('focusin', remember);
  return () => {
    changes.disconnect();
    screen.removeEventListener('focusin', remember);
  };
}

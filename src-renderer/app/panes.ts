/**
 * F6 walks the panes of the screen and, inside a pane that has one, its table twin: chart, table, next chart … Shift+F6 walks
 * back over the panes.
 */
export function walkPanes(root: ParentNode, active: Element | null, direction: 'forward' | 'back'): HTMLElement | null {
  const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  const at = panes.findIndex((pane) => active !== null && pane.contains(active));
  const pane = panes[at];
  if (direction === 'forward' && pane?.dataset.showing === 'main') {
    pane.querySelector<HTMLButtonElement>('[data-twin]')?.click();
    return focusOn(pane);
  }
  if (pane?.dataset.showing === 'twin') pane.querySelector<HTMLButtonElement>('[data-twin]')?.click();
  const step = direction === 'forward' ? 1 : -1;
  const next = panes[(at < 0 ? (step > 0 ? 0 : panes.length - 1) : at + step + panes.length) % panes.length];
  return next ? focusOn(next) : null;
}

function focusOn(pane: HTMLElement): HTMLElement {
  pane.focus();
  pane.scrollIntoView({ block: 'nearest' });
  return pane;
}

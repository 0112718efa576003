/** The visible part of a long time axis, and the moves on it. Times are UTC milliseconds. */
export interface TimeView {
  fromMs: number;
  toMs: number;
}

/** Shortest view: a few values must remain to be seen. */
const fewestSteps = 8;

/** The view moved and cut so that it lies within `all`, keeping its length where it can. */
export function within(view: TimeView, all: TimeView): TimeView {
  const length = Math.min(view.toMs - view.fromMs, all.toMs - all.fromMs);
  const fromMs = Math.min(Math.max(view.fromMs, all.fromMs), all.toMs - length);
  return { fromMs, toMs: fromMs + length };
}

/** Scales the view about one instant: factor below 1 looks closer. */
export function zoomAbout(view: TimeView, atMs: number, factor: number, all: TimeView, stepMs: number): TimeView {
  const length = Math.max(fewestSteps * stepMs, (view.toMs - view.fromMs) * factor);
  const share = (atMs - view.fromMs) / (view.toMs - view.fromMs);
  const fromMs = atMs - length * Math.min(1, Math.max(0, share));
  return within({ fromMs, toMs: fromMs + length }, all);
}

export function panBy(view: TimeView, milliseconds: number, all: TimeView): TimeView {
  return within({ fromMs: view.fromMs + milliseconds, toMs: view.toMs + milliseconds }, all);
}

/** Moves the view just far enough that `atMs` is seen, with a tenth of the view to spare. */
export function reveal(view: TimeView, atMs: number, all: TimeView): TimeView {
  const spare = (view.toMs - view.fromMs) / 10;
  if (atMs < view.fromMs) return panBy(view, atMs - spare - view.fromMs, all);
  if (atMs > view.toMs) return panBy(view, atMs + spare - view.toMs, all);
  return view;
}

/** Looks at one range with some surroundings: at least `leastMs`, else three times its length. */
export function lookAt(range: TimeView, leastMs: number, all: TimeView): TimeView {
  const length = Math.max(leastMs, 3 * (range.toMs - range.fromMs));
  const middle = (range.fromMs + range.toMs) / 2;
  return within({ fromMs: middle - length / 2, toMs: middle + length / 2 }, all);
}

/** A4 landscape within its margins of 10 mm, in CSS pixels, less the header that stands on every printed page. */
const paper = { width: (277 / 25.4) * 96, height: (190 / 25.4) * 96 - 72 };

/** Smaller than this nobody reads it: a longer screen goes on to a second page. */
const leastZoom = 0.5;

/** The zoom at which a screen's content, laid out as wide and high as this, stands on one page. Never enlarges. */
export function printZoom(content: { width: number; height: number }): number {
  if (content.width <= 0 || content.height <= 0) return 1;
  const fitting = Math.min(1, paper.width / content.width, paper.height / content.height);
  return Math.max(leastZoom, Math.floor(fitting * 1000) / 1000);
}

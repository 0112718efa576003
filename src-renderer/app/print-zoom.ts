/** A4 landscape within its margins of 10 mm, in CSS pixels, less the header that stands on every printed page. */
const paper = { width: (277 / 25.4) * 96, height: (190 / 25.4) * 96 - 72 };

/** Smaller than this nobody reads it. */
const leastZoom = 0.4;

/** The zoom at which a screen's content, laid out as wide and high as this, stands on one page. Never enlarges. */
export function printZoom(content: { width: number; height: number }): number {
  if (content.width <= 0 || content.height <= 0) return 1;
  const fitting = Math.min(1, paper.width / content.width, paper.height / content.height);
  return Math.max(leastZoom, Math.floor(fitting * 1000) / 1000);
}

/** Pixels that a screen prints on: those of its own sheet if it has one, else of what lies inside its padding. */
export function printSize(main: HTMLElement): { width: number; height: number } {
  const sheet = main.querySelector<HTMLElement>('[data-print-sheet]');
  if (sheet) return { width: sheet.offsetWidth, height: sheet.offsetHeight };
  const boxes = [...main.children].map((child) => child.getBoundingClientRect()).filter((box) => box.height > 0);
  const { paddingLeft, paddingRight } = getComputedStyle(main);
  return {
    width: main.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight),
    height: Math.max(0, ...boxes.map((box) => box.bottom)) - Math.min(Infinity, ...boxes.map((box) => box.top)),
  };
}

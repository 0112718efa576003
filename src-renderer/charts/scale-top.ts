/** The next round number (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten) that a scale can end at; 1 for nothing. */
const steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

export function scaleTop(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const size = 10 ** Math.floor(Math.log10(value));
  const step = steps.find((candidate) => candidate * size >= value * (1 - 1e-9)) ?? 10;
  return Number((step * size).toPrecision(3));
}

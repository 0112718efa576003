import { expect, test } from 'vitest';
import source from './tokens.css?raw';

const tokens = new Map([...source.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map((match) => [match[1]!, match[2]!]));

/** Contrast of two colours by the WCAG 2 formula. */
function contrast(one: string, other: string): number {
  const light = (name: string): number => {
    const hex = tokens.get(name);
    if (hex === undefined) throw new Error(`there is no token --${name}`);
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['ground', 'panel', 'well', 'chosen'];
const texts = ['text', 'text-secondary', 'action', 'action-strong', 'exception-1', 'exception-3'];

test.each(grounds.flatMap((ground) => texts.map((text) => [text, ground] as const)))(
  '%s is readable on %s',
  (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  },
);

test('the words on a primary button are readable', () => {
  expect(contrast('action-text', 'action')).toBeGreaterThanOrEqual(4.5);
  expect(contrast('action-text', 'action-strong')).toBeGreaterThanOrEqual(4.5);
});

test.each(['wind', 'gas', 'ev', 'storage', 'load', 'price', 'grid'])(
  'series %s stands out from ground and panel',
  (series) => {
    expect(contrast(`series-${series}`, 'ground')).toBeGreaterThanOrEqual(3);
    expect(contrast(`series-${series}`, 'panel')).toBeGreaterThanOrEqual(3);
  },
);

test.each(['focus', 'control-border', 'measure', 'limit', 'exception-2-outline'])(
  '%s can be seen on every ground',
  (token) => {
    for (const ground of grounds) expect(contrast(token, ground)).toBeGreaterThanOrEqual(3);
  },
);

test('amber alone could not be seen: its outline is what carries it', () => {
  expect(contrast('exception-2', 'ground')).toBeLessThan(3);
});

test('the bar of a measure stands out from each of its bands', () => {
  for (const band of ['band-1', 'band-2', 'band-3']) expect(contrast('measure', band)).toBeGreaterThanOrEqual(3);
});

test('the three exceptions keep their rank in greyscale: darkest first', () => {
  expect(contrast('exception-1', 'ground')).toBeGreaterThan(contrast('exception-2', 'ground'));
});

test('colours stand in tokens.css and nowhere else', () => {
  const files: Record<string, string> = import.meta.glob('../{app,charts,components,views}/**/*.{svelte,ts,css}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const coloured = Object.entries(files)
    .filter(([path]) => !path.includes('.test.') && !path.includes('/fixtures/'))
    .flatMap(([path, text]) =>
      [...text.matchAll(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;"' ])/gi)].map((match) => `${path}: ${match[0]}`),
    );
  expect(Object.keys(files).length).toBeGreaterThan(30);
  expect(coloured).toEqual([]);
});

test('numbers reach the screens through Quantity alone', () => {
  const files: Record<string, string> = import.meta.glob('../{app,views}/**/*.svelte', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const formatted = Object.entries(files).flatMap(([path, text]) =>
    [...text.matchAll(/(?<!Number\([^\n]*)to(Fixed|Precision)|toLocaleString|Intl\.NumberFormat/g)].map(
      (match) => `${path}: ${match[0]}`,
    ),
  );
  expect(Object.keys(files).length).toBeGreaterThan(10);
  expect(formatted).toEqual([]);
});

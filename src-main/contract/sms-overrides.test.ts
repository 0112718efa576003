import { expect, test } from 'vitest';
import { z } from 'zod';
import { readDefinition } from './read-definition.ts';
import { smsOverride } from './sms-overrides.ts';

/** What is found wrong with one demand. */
function problems(demand: unknown): string[] {
  const reading = readDefinition(JSON.stringify([demand]), z.array(smsOverride));
  return reading.kind === 'problems' ? reading.problems.map(({ path, message }) => `${path} ${message}`) : [];
}

test('demands are read, and each fault is told with its place', () => {
  const fix = { kind: 'fix-price', grid: 'east', rentPerKwh: 0.1, fromSlot: 0, untilSlot: 3 };
  expect(problems(fix)).toEqual([]);
  expect(problems({ ...fix, rentPerKwh: -0.1 })).toEqual(['[0].rentPerKwh must be 0 or more, not -0.1']);
  expect(problems({ ...fix, fromSlot: 1.5 })).toEqual(['[0].fromSlot must be a whole number from 0 to 100, not 1.5']);
  expect(problems({ ...fix, kind: 'lower-price' })).toEqual([
    '[0].kind needs a kind: pin, forbid-station, forbid-truck, close-road, cap-price, fix-price, reserve-truck',
  ]);
  expect(problems({ kind: 'pin', truck: 'a', fromSlot: 0, untilSlot: 1 })).toEqual(['[0].terminal is missing']);
  expect(problems({ kind: 'close-road', links: [] })).toEqual(['[0].links must name at least one link']);
});

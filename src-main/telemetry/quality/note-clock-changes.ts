import { clockChanges } from '../time/clock-changes.ts';
import { finding } from './finding.ts';
import type { SeriesShape } from './quality-source.ts';
import type { Rule } from './stretch.ts';

/**
 * The hours around a clock change: both passes of the repeated one, or the hour after the one left out. Nothing is wrong with
 * them, so no value is flagged; they are listed because mistakes of others gather there.
 */
export function noteClockChanges(shape: SeriesShape, zone: string): Rule {
  const stepMs = shape.stepMinutes * 60_000;
  const slotAt = (utcMs: number): number => Math.ceil((utcMs - shape.startUtcMs) / stepMs);
  const instantOf = (slot: number): number => shape.startUtcMs + slot * stepMs;
  // One slot early, so that a change at the very border of two stretches is seen.
  return (stretch) =>
    clockChanges(zone, instantOf(Math.max(0, stretch.from - 1)), instantOf(stretch.to))
      .filter(({ atUtcMs }) => atUtcMs >= instantOf(stretch.from))
      .flatMap(({ atUtcMs, day, hours }) => {
        const before = Math.max(0, hours - 24) * 3_600_000;
        const from = Math.max(0, slotAt(atUtcMs - before));
        const to = Math.min(shape.length, slotAt(atUtcMs + 3_600_000));
        const detail = `${hours}-hour day ${day}: ${hours > 24 ? 'an hour comes twice' : 'an hour is left out'}`;
        return to > from ? [finding(shape, 'clockChange', from, to, detail)] : [];
      });
}

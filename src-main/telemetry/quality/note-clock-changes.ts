import { clockChanges } from '../time/clock-changes.ts';
import { note, type Finding, type RuleInput } from './finding.ts';

/**
 * The hours around a clock change: both passes of the repeated one, or the hour after the one left out. Nothing is wrong with
 * them, so no value is flagged; they are listed because mistakes of others gather there.
 */
export function noteClockChanges(input: RuleInput): Finding[] {
  const { startUtcMs, stepMinutes, values } = input.series;
  const stepMs = stepMinutes * 60_000;
  const endUtcMs = startUtcMs + values.length * stepMs;
  return clockChanges(input.zone, startUtcMs, endUtcMs).flatMap(({ atUtcMs, day, hours }) => {
    const before = Math.max(0, hours - 24) * 3_600_000;
    const from = Math.max(0, Math.ceil((atUtcMs - before - startUtcMs) / stepMs));
    const to = Math.min(values.length, Math.ceil((atUtcMs + 3_600_000 - startUtcMs) / stepMs));
    const detail = `${hours}-hour day ${day}: ${hours > 24 ? 'an hour comes twice' : 'an hour is left out'}`;
    return to > from ? [note(input, 'clockChange', from, to, detail)] : [];
  });
}

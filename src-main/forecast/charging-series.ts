/**
 * What cars would have drawn had nobody steered them: full power from arrival until the energy of the session is reached, or the
 * car leaves. As a regular series, so that it is cut into days like any other load.
 */
import type { RegularSeries, Session } from '../telemetry/types.ts';

export interface CoveredTime {
  /** The sessions are known to be complete for arrivals in [fromUtcMs, toUtcMs). */
  fromUtcMs: number;
  toUtcMs: number;
}

const hourMs = 3_600_000;

/** Mean power in MW on steps of `stepMinutes` from `startUtcMs` over `length` steps; NaN outside `covered`. */
export function chargingSeries(
  sessions: readonly Session[],
  covered: CoveredTime,
  powerKw: number,
  grid: { startUtcMs: number; stepMinutes: number; length: number },
): RegularSeries {
  const stepMs = grid.stepMinutes * 60_000;
  const values = Float64Array.from({ length: grid.length }, (_, index) => {
    const from = grid.startUtcMs + index * stepMs;
    return from >= covered.fromUtcMs && from + stepMs <= covered.toUtcMs ? 0 : NaN;
  });
  for (const session of sessions) {
    const from = session.arrivalUtcMs;
    const to = Math.min(session.departureUtcMs, from + (session.energyKwh / powerKw) * hourMs);
    const first = Math.max(0, Math.floor((from - grid.startUtcMs) / stepMs));
    const last = Math.min(grid.length, Math.ceil((to - grid.startUtcMs) / stepMs));
    for (let index = first; index < last; index++) {
      const start = grid.startUtcMs + index * stepMs;
      const shared = Math.min(to, start + stepMs) - Math.max(from, start);
      values[index]! += (powerKw / 1000) * (shared / stepMs);
    }
  }
  const flags = Uint16Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
  return { kind: 'load-actual', unit: 'MW', startUtcMs: grid.startUtcMs, stepMinutes: grid.stepMinutes, values, flags };
}

/**
 * A few sessions that stand for many: as many as a day expects, spread evenly over arrival, with stay and energy kept paired.
 *
 * The pool is sorted by arrival and cut into strata of equal count. Each stratum gives one real session: the one that keeps the
 * running means of stay and energy nearest to the pool's, so that errors of one stratum are made good by the next. The choice
 * depends on the pool alone.
 */
export interface PoolSession {
  /** Wall-clock minutes after the local midnight that starts the day; negative: arrived before it. */
  arrivalMinutes: number;
  stayMinutes: number;
  energyKwh: number;
}

export interface RepresentativeSession extends PoolSession {
  /** Sessions of an expected day that this one stands for. */
  weight: number;
}

/** `expected` sessions per day in at most `most` representatives; none when fewer than one in twenty days is expected. */
export function representativeSessions(
  pool: readonly PoolSession[],
  expected: number,
  most: number,
): RepresentativeSession[] {
  if (pool.length === 0 || expected < 0.05) return [];
  const count = Math.min(most, pool.length, Math.max(1, Math.round(expected)));
  const sorted = [...pool].sort(
    (a, b) => a.arrivalMinutes - b.arrivalMinutes || a.stayMinutes - b.stayMinutes || a.energyKwh - b.energyKwh,
  );
  const stay = spreadOf(sorted.map((session) => session.stayMinutes));
  const energy = spreadOf(sorted.map((session) => session.energyKwh));
  let stayDebt = 0;
  let energyDebt = 0;
  return Array.from({ length: count }, (_, stratum) => {
    const members = sorted.slice(
      Math.floor((stratum * sorted.length) / count),
      Math.floor(((stratum + 1) * sorted.length) / count),
    );
    stayDebt += members.reduce((sum, session) => sum + session.stayMinutes, 0) / members.length;
    energyDebt += members.reduce((sum, session) => sum + session.energyKwh, 0) / members.length;
    const miss = (session: PoolSession) =>
      ((session.stayMinutes - stayDebt) / stay) ** 2 + ((session.energyKwh - energyDebt) / energy) ** 2;
    const chosen = members.reduce((best, session) => (miss(session) < miss(best) ? session : best));
    stayDebt -= chosen.stayMinutes;
    energyDebt -= chosen.energyKwh;
    return { ...chosen, weight: expected / count };
  });
}

/** Root mean square about the mean; 1 when there is none, because it only divides. */
function spreadOf(values: readonly number[]): number {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
  return square > 0 ? Math.sqrt(square) : 1;
}

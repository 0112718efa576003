/** Refuses an uncertainty set that does not belong to its problem: lengths, signs and numbers. */
import type { UncertaintySet } from '../../uncertainty/day-set.ts';

/** What the set is of, and how that is called in a complaint. */
export interface SetShape {
  /** "the budget set", "the price set" */
  name: string;
  /** Numbers of a series of the set. */
  size: number;
  /** Times of the day, and their plural name: "slots", "periods". */
  times: number;
  timeName: string;
}

export function requireValidSet(
  set: UncertaintySet,
  { name: of, size, times, timeName }: SetShape,
  refuse: (complaint: string) => never,
): void {
  const series = (name: string, values: readonly number[], least = -Infinity): void => {
    if (values.length !== size) refuse(`${of}'s ${name} has ${values.length} values for ${size}`);
    const bad = values.find((value) => !(Number.isFinite(value) && value >= least));
    if (bad !== undefined) refuse(`${of}'s ${name} holds ${bad}`);
  };
  const number = (name: string, value: number, least = 0, most = Infinity): void => {
    if (!(Number.isFinite(value) && value >= least && value <= most)) refuse(`${of}'s ${name} is ${value}`);
  };
  const some = (name: string, rows: readonly (readonly number[])[]): void => {
    if (rows.length === 0) refuse(`${of} has no ${name}`);
    rows.forEach((row) => series(name, row));
  };
  switch (set.kind) {
    case 'interval':
      return series('half-widths', set.halfWidths, 0);
    case 'budget':
      if (set.slots !== times) refuse(`${of} is of ${set.slots} ${timeName}, the day of ${times}`);
      number('protection', set.protection);
      number('protection over time', set.slotProtection);
      return series('half-widths', set.halfWidths, 0);
    case 'ellipsoid':
    case 'moment':
      series('centre', set.centre);
      set.factors.forEach((factor) => series('factor', factor));
      number('radius', set.radius);
      return series('spread', set.spread, 0);
    case 'factor':
      series('centre', set.centre);
      set.factors.forEach((factor) => series('factor', factor));
      number('budget', set.budget);
      number('scale', set.scale);
      return series('rest', set.rest, 0);
    case 'scenarios':
    case 'support':
      series('centre', set.centre);
      number('scale', set.scale);
      return some('days', set.points);
    case 'wasserstein':
      number('risk', set.risk, 1e-6, 1 - 1e-6);
      number('radius', set.radius);
      return some('days', set.points);
    case 'wasserstein-exact':
      number('risk', set.risk, 1e-6, 1 - 1e-6);
      // Without a ball the law is the sample's own, and what comes between its days is not known.
      number('radius', set.radius, Number.MIN_VALUE);
      return some('days', set.points);
  }
}

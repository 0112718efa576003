/** Refuses a set of whole days that does not belong to its problem: lengths, signs and numbers. */
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import type { V2gProblem } from './problem.ts';

export function requireValidSet(
  set: UncertaintySet,
  { slots, uncertainty: { components } }: V2gProblem,
  refuse: (complaint: string) => never,
): void {
  const size = slots * components.length;
  const series = (name: string, values: readonly number[], least = -Infinity): void => {
    if (values.length !== size) refuse(`the ${set.kind} set's ${name} has ${values.length} values for ${size}`);
    const bad = values.find((value) => !(Number.isFinite(value) && value >= least));
    if (bad !== undefined) refuse(`the ${set.kind} set's ${name} holds ${bad}`);
  };
  const number = (name: string, value: number, least = 0, most = Infinity): void => {
    if (!(Number.isFinite(value) && value >= least && value <= most))
      refuse(`the ${set.kind} set's ${name} is ${value}`);
  };
  const some = (name: string, rows: readonly (readonly number[])[]): void => {
    if (rows.length === 0) refuse(`the ${set.kind} set has no ${name}`);
    rows.forEach((row) => series(name, row));
  };
  switch (set.kind) {
    case 'interval':
      return series('half-widths', set.halfWidths, 0);
    case 'budget':
      if (set.slots !== slots) refuse(`the budget set is of ${set.slots} slots, the day of ${slots}`);
      number('protection', set.protection);
      number('slot protection', set.slotProtection);
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
  }
}

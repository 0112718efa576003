/**
 * One instance of the scheduling problem for every kind of set, its optimum proven twice: by the kind's own counterpart, and from below and above by
 * days alone. A plan that stands finitely many days of a set costs no more than one that stands them all; and once the adversary knows no worse day
 * for it than those, it stands the whole set. So both must come to the same number, and share nothing but the adversary.
 */
import { describe, expect, it } from 'vitest';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { setAdversary, setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { daySets } from '../../uncertainty/fixtures/day-sets.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { buildV2g, worstDeviation } from './build-v2g.ts';
import { protectedProblem } from './fixtures/protected-problem.ts';
import type { V2gProblem } from './problem.ts';

const base = protectedProblem();
const { slots, slotHours } = base;
const under = (set: UncertaintySet): V2gProblem => ({
  ...base,
  uncertainty: { ...base.uncertainty, protection: 2, set },
});
const tolerance = 1e-6;

async function solved(problem: V2gProblem) {
  const built = buildV2g(problem);
  const solution = await optimum(built.program);
  return { objective: solution.objective, share: built.read(solution).evShare };
}

/** Days of the set that have cost something, found one after the other; the optimum of standing just them. */
async function byDays(set: UncertaintySet): Promise<{ objective: number; days: number }> {
  const total = totalSet(set, slots);
  const none = new Array<number>(slots).fill(0);
  // The worst day of every slot is in from the start, so that β is that of the set; and a day as expected.
  const points = [none, ...none.map((_, slot) => setAdversary(total, none.with(slot, 1)))];
  const components = base.uncertainty.components.length;
  for (let round = 0; round < 60; round++) {
    // All of a day's deviation on the first component: a plan meets its total.
    const whole = points.map((point) => [...point, ...new Array<number>(slots * (components - 1)).fill(0)]);
    const hull: UncertaintySet = { kind: 'scenarios', centre: whole[0]!, points: whole, scale: 1 };
    const problem = under(hull);
    const { objective, share } = await solved(problem);
    const known = totalSet(hull, slots);
    let added = 0;
    for (let slot = 0; slot < slots; slot++) {
      const weights = none.map((_, at) => (at <= slot ? slotHours * share[at]! : 0));
      if (setWorstCase(total, weights) <= setWorstCase(known, weights) + tolerance) continue;
      points.push(setAdversary(total, weights));
      added++;
    }
    if (added === 0) return { objective, days: points.length };
  }
  throw new Error('the adversary has not come to an end');
}

describe('an instance of every kind of set', () => {
  it.each(daySets(11, slots, base.uncertainty.components.length).map((set) => [set.kind, set] as const))(
    '%s: counterpart and days alone have one optimum',
    async (_, set) => {
      const counterpart = await solved(under(set));
      const days = await byDays(set);
      expect(days.objective).toBeCloseTo(counterpart.objective, 3);
      // The set costs something here: nothing is proven where it does not bind.
      const nominal = await solved({ ...base, uncertainty: { ...base.uncertainty, protection: 0 } });
      expect(counterpart.objective).toBeGreaterThan(nominal.objective + 1e-3);
      worstDeviation(under(set)).forEach((kw) => expect(kw).toBeGreaterThanOrEqual(0));
    },
  );
});

/**
 * One instance of the scheduling problem for every kind of set (fixtures/set-instances.json), its optimum proven twice and equal to what was recorded: by the kind's own
 * counterpart, and by cutting planes. Of a set of days those are days alone: a plan that stands finitely many days of a set costs no more than one that stands them all, and once the
 * adversary knows no worse day for it than those, it stands the whole set. Of a chance constraint they are laws: of those that break a limit of the plan too often none is left
 * in the ball. So both must come to the same number, and share nothing but the adversary, or not even that.
 */
import { describe, expect, it } from 'vitest';
import { solveByLaws } from '../../robust/fixtures/chance-by-laws.ts';
import { rebuild } from '../../robust/fixtures/rebuild.ts';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { setAdversary, setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { UncertainRow } from '../../robust/uncertain-row.ts';
import type { Column } from '../../program/program.ts';
import { setKinds, type UncertaintySet, type WassersteinExactSet } from '../../uncertainty/day-set.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { buildV2g, worstDeviation } from './build-v2g.ts';
import { protectedProblem } from './fixtures/protected-problem.ts';
import recorded from './fixtures/set-instances.json' with { type: 'json' };
import { poolName } from './names.ts';
import type { V2gProblem } from './problem.ts';

interface Instance {
  set: UncertaintySet;
  /** USD, of the counterpart. */
  optimum: number;
}
const instances = recorded.instances as Instance[];
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
async function byDays(set: UncertaintySet): Promise<number> {
  const total = totalSet(set, slots);
  const none = new Array<number>(slots).fill(0);
  // The worst day of every slot is in from the start, so that β is that of the set; and a day as expected.
  const points = [none, ...none.map((_, slot) => setAdversary(total, none.with(slot, 1)))];
  const components = base.uncertainty.components.length;
  for (let round = 0; round < 60; round++) {
    // All of a day's deviation on the first component: a plan meets its total.
    const whole = points.map((point) => [...point, ...new Array<number>(slots * (components - 1)).fill(0)]);
    const hull: UncertaintySet = { kind: 'scenarios', centre: whole[0]!, points: whole, scale: 1 };
    const { objective, share } = await solved(under(hull));
    const known = totalSet(hull, slots);
    let added = 0;
    for (let slot = 0; slot < slots; slot++) {
      const weights = none.map((_, at) => (at <= slot ? slotHours * share[at]! : 0));
      if (setWorstCase(total, weights) <= setWorstCase(known, weights) + tolerance) continue;
      points.push(setAdversary(total, weights));
      added++;
    }
    if (added === 0) return objective;
  }
  throw new Error('the adversary has not come to an end');
}

/** The same program without its rows of the pool's energy, and those rows by the worst laws. */
async function byLaws(set: WassersteinExactSet): Promise<number> {
  const problem = under(set);
  const { program } = buildV2g(problem);
  const energy = 'energy set aside';
  const column = (what: string, slot: number) => program.columnNames.indexOf(poolName(what, slot)) as Column;
  const beta = worstDeviation(problem);
  const all = Array.from({ length: slots }, (_, slot) => slot);
  const rows = all
    .filter((slot) => column(energy, slot) >= 0)
    .map((slot): UncertainRow => ({
      name: `law of slot ${slot}`,
      terms: [[column(energy, slot), -1]],
      uncertain: all.map((at) => ({
        terms: at <= slot && beta[at]! > 0 ? [[column('deviation absorbed', at), slotHours / beta[at]!]] : [],
        constant: 0,
      })),
      upper: 0,
    }));
  const bare = rebuild(program, (name) => !name.includes(energy));
  return (await solveByLaws(bare, rows, totalSet(set, slots) as WassersteinExactSet, 200, optimum)).objective;
}

describe('an instance of every kind of set', () => {
  it('is recorded', () => {
    expect(instances.map(({ set }) => set.kind).sort()).toEqual([...setKinds].sort());
  });
  it.each(instances.map((instance) => [instance.set.kind, instance] as const))(
    '%s: counterpart and cutting planes have one optimum',
    async (_, instance) => {
      const { set } = instance;
      const counterpart = await solved(under(set));
      const cuts = set.kind === 'wasserstein-exact' ? await byLaws(set) : await byDays(set);
      expect(cuts).toBeCloseTo(counterpart.objective, 3);
      expect(counterpart.objective).toBeCloseTo(instance.optimum, 3);
      // The set costs something here: nothing is proven where it does not bind.
      const nominal = await solved({ ...base, uncertainty: { ...base.uncertainty, protection: 0 } });
      expect(counterpart.objective).toBeGreaterThan(nominal.objective + 1e-3);
      worstDeviation(under(set)).forEach((kw) => expect(kw).toBeGreaterThanOrEqual(0));
    },
  );
  it('costs less by the chance constraint than by its CVaR form', () => {
    const of = (kind: string) => instances.find(({ set }) => set.kind === kind)!;
    const [exact, safe] = [of('wasserstein-exact'), of('wasserstein')];
    expect({ ...exact.set, kind: 'wasserstein' }).toEqual(safe.set);
    expect(exact.optimum).toBeLessThan(safe.optimum - 1e-3);
  });
});

/**
 * Cars that do not keep to their plan: late by up to `lateSlots`, gone up to `earlySlots` early, with up to `lackKwh` less on arrival; of aggregator a
 * no more than α_a cars at once. A car off plan follows its plan while it is there; what it was to do while it is away is missing.
 *
 *   power, slot t:     ℓ_{a,t} ≥ max { Σ_i (d − c)_{i,t} z_i / n_i : 0 ≤ z_i ≤ n_i, Σ z ≤ α_a }      over cars in a doubtful slot, set aside in the balance
 *   energy, car i:     e_{i,t} − h_{i,j} + initial − lack ≥ min,   h_{i,j} ≥ e_{i,a+k−1} for k ≤ j = min(t − a, late),  h_{i,0} = initial
 *   departure, car i:  e_{i,b−1−k} − h_{i,min(late, b−a−k)} + initial − lack + v_i ≥ required for k ≤ early,  or the car comes when it should be gone: initial − lack + v_i ≥ required
 *   cost:              ρ ≥ max { Σ_i price v_i z_i / n_i : z as above }                                 v_i = 0 where departure energy is a hard limit
 *
 * n_i cars share row i and z_i counts those of them that are off plan: a one-sided budget (robust/one-sided-budget.ts), whose counterpart is exact.
 * e(arriving k slots late) = e − (e_{a+k−1} − initial), so the worst arrival for every later slot is the one with the largest e_{a+k−1}: h. The rows of
 * energy and departure are those of one car entirely off plan, exact from α = 1 on and on the safe side below. Above `max` a car stops charging by itself.
 * Source: Bertsimas and Sim (2004) for the budget. Symbols: α → `carsOffPlan`, ℓ → `offPlanKw`, h → `energy missed at most`, v → `unmet energy off plan`.
 */
import type { Column, Term } from '../../program/program.ts';
import { addOneSidedCounterpart } from '../../robust/counterpart-one-sided.ts';
import { perSlot, type Stage, type ValueOf } from './device.ts';
import type { EvColumns } from './ev.ts';
import { aggregatorName, evName, offPlanName } from './names.ts';
import type { V2gProblem } from './problem.ts';

export interface OffPlan {
  /** What is set aside in the balance [slot]. */
  setAside: Term[][];
  /** Price of the energy that cars off plan leave without. */
  cost: Term[];
  read: (valueOf: ValueOf) => { offPlanKw: number[]; unmetKwh: number[]; cost: number } | null;
}

/** Slots of its connection in which a car may be away: the first `lateSlots` and the last `earlySlots`. */
export const isDoubtful = ({ ev, from, until }: Pick<EvColumns, 'ev' | 'from' | 'until'>, slot: number): boolean =>
  slot >= from &&
  slot < until &&
  (slot < from + (ev.mayBe?.lateSlots ?? 0) || slot >= until - (ev.mayBe?.earlySlots ?? 0));

export const expectsOffPlan = ({ carsOffPlan, charging }: V2gProblem): boolean =>
  charging === 'coordinated' && (carsOffPlan ?? []).some((cars) => cars > 0);

export function addOffPlan(stage: Stage, evs: readonly EvColumns[]): OffPlan {
  const { program, problem } = stage;
  if (!expectsOffPlan(problem)) return { setAside: perSlot(problem, () => []), cost: [], read: () => null };
  const { unmetPerKwh } = problem;
  const atOnce = problem.carsOffPlan!;
  const setAside = perSlot(problem, (): Column[] => []);
  const costs: Column[] = [];
  const unmet = evs.map((own) => (atOnce[own.ev.aggregator]! > 0 ? addCar(stage, own) : null));
  problem.aggregators.forEach(({ id }, a) => {
    const cars = evs.filter(({ ev }) => ev.aggregator === a);
    const most = (of: readonly EvColumns[]) => ({ most: of.map(({ ev }) => ev.cars), atOnce: atOnce[a]! });
    if (atOnce[a]! === 0) return;
    for (let slot = 0; slot < problem.slots; slot++) {
      const doubtful = cars.filter((own) => isDoubtful(own, slot));
      if (doubtful.length === 0) continue;
      const name = aggregatorName(id, 'power of cars off plan', slot);
      const lost = program.addColumn({ name, lower: 0, upper: Infinity });
      const uncertain = doubtful.map(({ ev, from, charge, discharge }) => ({
        terms: [[discharge[slot - from]!, 1 / ev.cars] as const, [charge[slot - from]!, -1 / ev.cars] as const],
        constant: 0,
      }));
      addOneSidedCounterpart(program, { name, terms: [[lost, -1]], uncertain, upper: 0 }, most(doubtful));
      setAside[slot]!.push(lost);
    }
    if (unmetPerKwh === null || unmetPerKwh === 0) return;
    const priced = evs.flatMap((own, i) => (own.ev.aggregator === a && unmet[i] ? [{ own, column: unmet[i] }] : []));
    if (priced.length === 0) return;
    const name = aggregatorName(id, 'cost of cars off plan');
    const cost = program.addColumn({ name, lower: 0, upper: Infinity, cost: 1 });
    const uncertain = priced.map(({ own, column }) => ({
      terms: [[column, unmetPerKwh / own.ev.cars] as const],
      constant: 0,
    }));
    const set = most(priced.map(({ own }) => own));
    addOneSidedCounterpart(program, { name, terms: [[cost, -1]], uncertain, upper: 0 }, set, 'nonnegative');
    costs.push(cost);
  });
  const total = (columns: readonly Column[], valueOf: ValueOf): number =>
    columns.reduce((sum, column) => sum + valueOf(column), 0);
  return {
    setAside: setAside.map((columns) => columns.map((column) => [column, 1] as const)),
    cost: costs.map((column) => [column, 1] as const),
    read: (valueOf) => ({
      offPlanKw: setAside.map((columns) => total(columns, valueOf)),
      unmetKwh: unmet.map((column) => (column === null ? 0 : valueOf(column))),
      cost: total(costs, valueOf),
    }),
  };
}

/** Energy rows of one car off plan; returns its shortfall v, or null where there is none to price. */
function addCar({ program, problem }: Stage, own: EvColumns): Column | null {
  const { ev, from, until, energy } = own;
  const { lateSlots, earlySlots, lackKwh } = ev.mayBe ?? { lateSlots: 0, earlySlots: 0, lackKwh: 0 };
  if (until <= from || (lateSlots === 0 && earlySlots === 0 && lackKwh === 0)) return null;
  const startKwh = ev.initialKwh - lackKwh;
  // h − initial for every lateness: nothing missed when it comes on time.
  const missed: (Column | null)[] = [null];
  for (let late = 1; late <= Math.min(lateSlots, until - from); late++) {
    const name = offPlanName(ev.id, 'energy missed at most', from + late - 1);
    const column = program.addColumn({ name, lower: 0, upper: Infinity });
    const before = missed.at(-1)!;
    const above = (what: string, lower: number, other: Term): void => {
      program.addRow({ name: `${name} ${what}`, lower, upper: Infinity, terms: [[column, 1], other] });
    };
    above('by now', -ev.initialKwh, [energy[late - 1]!, -1]);
    if (before !== null) above('so far', 0, [before, -1]);
    missed.push(column);
  }
  /** e after the slot, for the worst of so many latenesses. */
  const left = (slot: number, late: number): Term[] => {
    const by = missed[Math.min(late, missed.length - 1)]!;
    return [[energy[slot - from]!, 1], ...(by === null ? [] : [[by, -1] as const])];
  };
  for (let slot = from; slot < until; slot++)
    program.addRow({
      name: offPlanName(ev.id, 'energy', slot),
      lower: ev.minKwh + lackKwh,
      upper: Infinity,
      terms: left(slot, slot - from),
    });
  const unmet =
    problem.unmetPerKwh === null
      ? null
      : program.addColumn({
          name: evName(ev.id, 'unmet energy off plan'),
          lower: 0,
          upper: Math.max(0, ev.requiredKwh - Math.min(ev.minKwh, startKwh)),
        });
  const leaves = (name: string, lower: number, terms: Term[]): void => {
    program.addRow({
      name,
      lower,
      upper: Infinity,
      terms: [...terms, ...(unmet === null ? [] : [[unmet, 1] as const])],
    });
  };
  const first = Math.max(from, until - 1 - earlySlots);
  for (let slot = first; slot < until; slot++)
    leaves(offPlanName(ev.id, 'energy when it leaves', slot), ev.requiredKwh + lackKwh, left(slot, slot - from + 1));
  if (until - 1 - earlySlots < from)
    leaves(offPlanName(ev.id, 'energy when it never connects', from), ev.requiredKwh - startKwh, []);
  return unmet;
}

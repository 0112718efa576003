/**
 * The EV pool's promise kept by car where the slots of a day depend on each other. No one day is the worst for every car, but whatever the day, u_t = ξ_t⁺ / β_t is at
 * most 1 in a slot, and at most Γ_i in all slots that car i is there (uncertainty/slots-hit.ts). Car i charges a_{i,t} u_t less and discharges b_{i,t} u_t more:
 *
 *   a ≤ c,   d + b ≤ discharge_i,   Σ_{i connected} (a + b)_{i,t} = φ_t
 *   e_t − v_t ≥ min,   e_{b−1} − v_{b−1} + u ≥ required,     v_t ≥ max { Σ_{τ ≤ t} Δ (η a + b/η)_τ z_τ : 0 ≤ z ≤ 1, Σ z ≤ Γ_i }
 *   Σ_{i of a, connected} (d + b)_{i,t} ≤ D_{a,t}                                   where an aggregator's discharge is limited
 *
 * It needs to know nothing of later slots, and no day of the set can leave a car short. v is the running sum while Γ_i reaches every slot so far, and that of the whole stay from
 * then on, which is exact at departure. For a budget over slots Γ_i is its own; for other sets the stretch {0 ≤ z ≤ 1, Σ z ≤ Γ_i} holds more days than the set: on the safe side.
 *
 * Symbols: a → `less`, b → `more`, v → `energy given at worst`, Γ → `atOnce`.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, Term } from '../../program/program.ts';
import { addOneSidedCounterpart } from '../../robust/counterpart-one-sided.ts';
import type { SharedDeviation } from '../../robust/counterpart-common-factor.ts';
import { addRunningWorst } from '../../robust/running-worst.ts';
import { slotsHit } from '../../uncertainty/slots-hit.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { perSlot, type Stage } from './device.ts';
import type { EvColumns } from './ev.ts';
import { aggregatorName, evName, poolName } from './names.ts';
import type { PoolByCar } from './pool-by-car.ts';

/** a and b, indexed from `from`; null in slots without a deviation. */
interface Answer {
  own: EvColumns;
  less: (Column | null)[];
  more: (Column | null)[];
}

export function addPoolInDays(
  stage: Stage,
  evs: readonly EvColumns[],
  { absorbed }: SharedDeviation,
  worst: readonly number[],
): PoolByCar {
  const { program, problem } = stage;
  // Nobody is on standby where the pool takes nothing.
  if (problem.recourse === 0) return { read: () => null, cars: [] };
  const total = totalSet(problem.uncertainty.set!, problem.slots);
  const answers = evs.map((own) =>
    addAnswer(stage, own, worst, own.until > own.from ? slotsHit(total, worst, own.from, own.until) : 0),
  );
  const connectedAt = (slot: number): Answer[] => answers.filter(({ own }) => own.from <= slot && slot < own.until);
  const partOf = ({ own, less, more }: Answer, slot: number): Term[] =>
    [less, more].flatMap((of) => termOf(of[slot - own.from], 1));
  for (const [slot, taken] of absorbed.entries())
    if (taken !== null)
      program.addRow({
        name: poolName('parts of the cars', slot),
        lower: 0,
        upper: 0,
        terms: [...connectedAt(slot).flatMap((car) => partOf(car, slot)), [taken, -1]],
      });
  problem.aggregators.forEach(({ id, dischargeLimitKwAt }, aggregator) =>
    dischargeLimitKwAt?.forEach((limitKw, slot) => {
      const own = connectedAt(slot).filter((car) => car.own.ev.aggregator === aggregator);
      if (limitKw === null || own.length === 0) return;
      program.addRow({
        name: aggregatorName(id, 'discharge limit at worst', slot),
        lower: -Infinity,
        upper: limitKw,
        terms: own.flatMap(({ own: { from, discharge }, more }): Term[] => [
          [discharge[slot - from]!, 1],
          ...termOf(more[slot - from], 1),
        ]),
      });
    }),
  );
  return {
    cars: [],
    read: (valueOf) =>
      answers.map((answer) =>
        perSlot(problem, (slot) =>
          slot < answer.own.from || slot >= answer.own.until
            ? 0
            : partOf(answer, slot).reduce((kw, [column]) => kw + Math.max(0, valueOf(column)), 0),
        ),
      ),
  };
}

const termOf = (column: Column | null | undefined, value: number): Term[] =>
  column === null || column === undefined ? [] : [[column, value]];

function addAnswer({ program, problem }: Stage, own: EvColumns, worst: readonly number[], atOnce: number): Answer {
  const { slotHours } = problem;
  const { ev, from, until, unmet } = own;
  const name = (what: string, slot: number): string => evName(ev.id, what, slot);
  const answer: Answer = { own, less: [], more: [] };
  const losses: (AffineExpression | null)[] = [];
  for (let slot = from; slot < until; slot++) {
    const at = slot - from;
    if (!(worst[slot]! > 0)) {
      answer.less.push(null);
      answer.more.push(null);
      losses.push(null);
      continue;
    }
    const less = program.addColumn({ name: name('less charge at worst', slot), lower: 0, upper: ev.chargeKw });
    const more = program.addColumn({ name: name('more discharge at worst', slot), lower: 0, upper: ev.dischargeKw });
    program.addRow({
      name: name('no less charge than none', slot),
      lower: 0,
      upper: Infinity,
      terms: [
        [own.charge[at]!, 1],
        [less, -1],
      ],
    });
    program.addRow({
      name: name('discharge at worst', slot),
      lower: -Infinity,
      upper: ev.dischargeKw,
      terms: [
        [own.discharge[at]!, 1],
        [more, 1],
      ],
    });
    answer.less.push(less);
    answer.more.push(more);
    const terms: Term[] = [
      [less, ev.efficiency * slotHours],
      [more, slotHours / ev.efficiency],
    ];
    losses.push({ terms, constant: 0 });
  }
  const given = givenAtWorst({ program, name: (at) => name('energy given at worst', from + at) }, losses, atOnce);
  given.forEach(({ terms }, at) => {
    const left: Term[] = [[own.energy[at]!, 1], ...terms.map(([column, value]): Term => [column, -value])];
    program.addRow({ name: name('energy at worst', from + at), lower: ev.minKwh, upper: Infinity, terms: left });
    if (at === given.length - 1)
      program.addRow({
        name: evName(ev.id, 'energy needed at departure, at worst'),
        lower: ev.requiredKwh,
        upper: Infinity,
        terms: [...left, ...termOf(unmet, 1)],
      });
  });
  return answer;
}

/** v_t, indexed as the losses. */
function givenAtWorst(
  { program, name }: Pick<Stage, 'program'> & { name: (at: number) => string },
  losses: readonly (AffineExpression | null)[],
  atOnce: number,
): AffineExpression[] {
  const hit = losses.filter((loss) => loss !== null);
  if (hit.length <= atOnce) return addRunningWorst(program, { losses, atOnce, name });
  let counted = 0;
  const early = losses.findIndex((loss) => loss !== null && ++counted > atOnce);
  const before = addRunningWorst(program, { losses: losses.slice(0, early), atOnce, name });
  const last = name(losses.length - 1);
  const given = program.addColumn({ name: last, lower: 0, upper: Infinity });
  const row = { name: last, terms: [[given, -1] as const], uncertain: hit, upper: 0 };
  addOneSidedCounterpart(program, row, { most: hit.map(() => 1), atOnce }, 'nonnegative');
  const ofStay: AffineExpression = { terms: [[given, 1]], constant: 0 };
  return [...before, ...losses.slice(early).map(() => ofStay)];
}

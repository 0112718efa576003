/**
 * The worst day for a finished plan: of all limits that deviations touch, the one that comes nearest to breaking, and the day of the set
 * that takes most of it. Replayed, that day takes exactly what the plan was made to stand there, and no more.
 *
 *   committed supply, slot t:  (1 − θ_t) ξ_t         against the surplus and the wind that is not used
 *   EV pool power,    slot t:  θ_t ξ_t               against the power in hand
 *   EV pool energy,   slot t:  Δ Σ_{τ ≤ t} θ_τ ξ_τ   against the energy in hand; by car, what one car gives up to t against what it may lose
 *
 * Several limits are met with nothing to spare in an optimal plan; of those the energy of the pool is named first, for it takes a whole day
 * to break it, then its power, then supply, and of one kind the one that takes most.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { isKeptByCar } from './kept-by-car.ts';
import { connectedSlots } from './plan-margins.ts';
import { replayMargins } from './replay-day.ts';
import { respondedShare } from './responses.ts';
import { cappedWorstDayOf, worstDayOf } from './set-worst-day.ts';
import type { limitNames } from './shortages.ts';
import type { WorstCaseDay } from './types.ts';
import { worstVertices } from './worst-case.ts';

interface Candidate {
  limit: (typeof limitNames)[number];
  slot: number;
  weights: Float64Array;
  holds: number;
  /** Whose answer ends at β: what is asked of it beyond the worst of a slot, or below nothing, it does not feel. */
  answersTo?: 'the worst of each slot';
}

/** Slack below this share of the limit is none. */
const nothingToSpare = 1e-6;
const order = ['EV pool energy', 'EV pool power', 'committed supply'] as const;

/** Null when no deviation is planned for. */
export function worstPlanDay(problem: V2gProblem, schedule: V2gSchedule): WorstCaseDay | null {
  const judged = candidates(problem, schedule)
    .map((candidate) => {
      const day = worstFor(problem, schedule, candidate);
      return { ...candidate, ...day, slack: (candidate.holds - day.takes) / Math.max(1, Math.abs(candidate.holds)) };
    })
    .filter(({ takes }) => takes > 0);
  if (judged.length === 0) return null;
  const least = Math.max(nothingToSpare, Math.min(...judged.map(({ slack }) => slack)));
  const tight = judged.filter(({ slack }) => slack <= least);
  tight.sort((a, b) => order.indexOf(a.limit) - order.indexOf(b.limit) || b.takes - a.takes);
  const { limit, slot, weights, holds, takes, deviationKw } = tight[0]!;
  const taken = deviationKw.map((own) => own.map((kw, at) => weights[at]! * kw));
  const sums = taken.map((own) => own.reduce((sum, part) => sum + part, 0));
  const component = sums.indexOf(Math.max(...sums));
  const own = taken[component]!;
  const componentSlot = own.indexOf(Math.max(...own));
  return {
    limit,
    slot,
    unit: limit === 'EV pool energy' ? 'kWh' : 'kW',
    takes,
    holds,
    component,
    componentSlot,
    componentKw: deviationKw[component]![componentSlot]!,
    deviationKw,
  };
}

function candidates(problem: V2gProblem, schedule: V2gSchedule): Candidate[] {
  const { slots, slotHours } = problem;
  const margins = replayMargins(problem, schedule);
  const found: Candidate[] = [];
  const energy = new Float64Array(slots);
  for (let slot = 0; slot < slots; slot++) {
    const share = schedule.evShare[slot]!;
    const alone = (weight: number): Float64Array => new Float64Array(slots).fill(weight, slot, slot + 1);
    energy[slot] = slotHours * share;
    const kept = 1 - share - respondedShare(schedule, slot);
    if (kept > 0) found.push({ limit: 'committed supply', slot, weights: alone(kept), holds: margins.supplyKw[slot]! });
    if (share === 0) continue;
    found.push({ limit: 'EV pool power', slot, weights: alone(share), holds: margins.poolKw[slot]! });
    const holds = isKeptByCar(problem) ? Infinity : margins.accountKwh[slot]!;
    if (holds < Infinity) found.push({ limit: 'EV pool energy', slot, weights: energy.slice(), holds });
  }
  return isKeptByCar(problem) ? [...found, ...ofCars(problem, schedule)] : found;
}

/** The energy of each car on standby, in the slot in which least is left of what it may lose. */
function ofCars(problem: V2gProblem, schedule: V2gSchedule): Candidate[] {
  const { slots, slotHours } = problem;
  const battery = (kw: number, efficiency: number): number => (kw > 0 ? efficiency * kw : kw / efficiency);
  return problem.evs.flatMap((ev, i): Candidate[] => {
    const plan = schedule.evs[i]!;
    const { from, until } = connectedSlots(ev, slots);
    const weights = new Float64Array(slots);
    let nearest: Candidate | null = null;
    let least = Infinity;
    let lostKwh = 0;
    for (let slot = from; slot < until; slot++) {
      const partKw = plan.standbyKw?.[slot] ?? 0;
      const netKw = plan.chargeKw[slot]! - plan.dischargeKw[slot]!;
      const lossKwh = slotHours * (battery(netKw, ev.efficiency) - battery(netKw - partKw, ev.efficiency));
      const worstKw = schedule.worstDeviationKw[slot]!;
      if (worstKw > 0) weights[slot] = lossKwh / worstKw;
      lostKwh += lossKwh;
      const boundKwh = Math.max(ev.minKwh, slot === until - 1 ? ev.requiredKwh - plan.unmetKwh : ev.minKwh);
      const holds = plan.energyKwh[slot]! - boundKwh;
      if (lostKwh === 0 || holds - lostKwh >= least) continue;
      least = holds - lostKwh;
      nearest = { limit: 'EV pool energy', slot, weights: weights.slice(), holds, answersTo: 'the worst of each slot' };
    }
    return nearest === null ? [] : [nearest];
  });
}

/** The day of the set that takes most; with slots on their own, every slot at its worst that the limit can feel. */
function worstFor(
  problem: V2gProblem,
  { worstDeviationKw }: V2gSchedule,
  { weights, answersTo }: Candidate,
): { takes: number; deviationKw: number[][] } {
  const { slots, uncertainty } = problem;
  const { set } = uncertainty;
  if (set) {
    // Only where a limit may be broken on some days does a slot of its worst day go beyond β.
    const { value, deviation } =
      answersTo && set.kind === 'wasserstein-exact'
        ? cappedWorstDayOf(set, slots, weights, worstDeviationKw)
        : worstDayOf(set, slots, weights);
    const deviationKw = uncertainty.components.map((_, l) =>
      Array.from(deviation.subarray(l * slots, (l + 1) * slots)),
    );
    return { takes: value, deviationKw };
  }
  const deviationKw = worstVertices(problem).map((own) => own.map((kw, slot) => (weights[slot]! > 0 ? kw : 0)));
  const takes = deviationKw.reduce(
    (sum, own) => sum + own.reduce((part, kw, slot) => part + kw * weights[slot]!, 0),
    0,
  );
  return { takes, deviationKw };
}

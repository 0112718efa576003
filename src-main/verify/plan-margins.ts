/**
 * What a finished schedule can stand in each slot, in plain arithmetic. With ξ_t the deviation and θ_t the share the EV pool takes:
 *
 *   supply:       (1 − θ_t) ξ_t ≤ supplyKw_t      committed supply above expected demand
 *   pool power:   θ_t ξ_t ≤ poolKw_t              Σ_connected (discharge_i + c_{i,t} − d_{i,t})
 *   pool energy:  Δ Σ_{τ ≤ t} θ_τ ξ_τ ≤ accountKwh_t = Σ_{i: a_i ≤ t} (e_i(min(t, b_i − 1)) − low_i(t))
 *
 * with low_i(t) = max(min_i, required_i − unmet_i − n η_i charge_i Δ), n slots left before departure after slot min(t, b_i − 1). Where an
 * aggregator's EVs have a common limit, Σ discharge_i of that aggregator is cut at it, and n counts a slot as limit / Σ charge_i where
 * that is below 1: all of them charge at once then.
 * Source: docs/method/v2g.md. Nothing here is shared with the program that was solved.
 */
import type { Ev, V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { truckSupplyKw } from './truck-supply.ts';

export interface PlanMargins {
  /** Committed supply minus expected demand, un-curtailed wind not counted [slot]. */
  supplyKw: Float64Array;
  /** Wind available beyond the schedule, after losses [slot]. */
  spareWindKw: Float64Array;
  poolKw: Float64Array;
  /** +∞ where the account is not checked: no EV connected and not the last slot, or nothing to account for. */
  accountKwh: Float64Array;
  /** 1 where an EV is connected. */
  connected: Uint8Array;
  share: Float64Array;
}

/** Connected slots as [from, until) within the day; from ≥ until when there are none. */
export const connectedSlots = (ev: Ev, slots: number): { from: number; until: number } => ({
  from: Math.max(0, ev.arrivalSlot),
  until: Math.min(slots, ev.departureSlot),
});

/** Expected demand, cars that nobody coordinates included. */
export const expectedDemandKw = (problem: V2gProblem, slot: number): number =>
  problem.loadKw[slot]! +
  (problem.charging === 'uncoordinated' ? problem.uncoordinatedKw.reduce((sum, demand) => sum + demand[slot]!, 0) : 0);

/** Everything that reaches the load in a slot, minus what storage, trucks, cars and the grid take, and what the worst deviations may lose. */
export function deliveredKw(problem: V2gProblem, schedule: V2gSchedule, slot: number): number {
  let lossy = schedule.grid?.importKw[slot] ?? 0;
  for (const unit of schedule.gas) lossy += unit.outputKw[slot]!;
  for (const park of schedule.wind) lossy += park.outputKw[slot]!;
  let local = -(schedule.grid?.exportKw[slot] ?? 0);
  for (const unit of schedule.storage) local += unit.dischargeKw[slot]! - unit.chargeKw[slot]!;
  local += truckSupplyKw(problem, schedule, slot);
  if (problem.charging === 'coordinated')
    for (const ev of schedule.evs) local += ev.dischargeKw[slot]! - ev.chargeKw[slot]!;
  const { lossKw, lossRoomKw } = schedule.network ?? {};
  return (1 - problem.lossShare) * lossy + local - (lossKw?.[slot] ?? 0) - (lossRoomKw?.[slot] ?? 0);
}

export function planMargins(problem: V2gProblem, schedule: V2gSchedule): PlanMargins {
  const { slots } = problem;
  const margins: PlanMargins = {
    supplyKw: new Float64Array(slots),
    spareWindKw: new Float64Array(slots),
    poolKw: new Float64Array(slots),
    accountKwh: new Float64Array(slots),
    connected: new Uint8Array(slots),
    share: Float64Array.from(schedule.evShare),
  };
  for (let slot = 0; slot < slots; slot++) {
    margins.supplyKw[slot] = deliveredKw(problem, schedule, slot) - expectedDemandKw(problem, slot);
    problem.wind.forEach((park, k) => {
      const isHeld = (park.pinnedKw?.[slot] ?? null) !== null;
      const spare = isHeld ? 0 : park.availableKw[slot]! - schedule.wind[k]!.outputKw[slot]!;
      margins.spareWindKw[slot]! += (1 - problem.lossShare) * spare;
    });
  }
  if (problem.charging === 'coordinated') {
    const together = problem.aggregators.map((_, index) => commonPower(problem, index));
    problem.evs.forEach((ev, i) => addEv(problem, schedule, margins, ev, i, together[ev.aggregator]!.chargeShare));
    for (const { excessDischargeKw } of together)
      excessDischargeKw.forEach((kw, slot) => (margins.poolKw[slot]! -= kw));
  }
  const anyEv = margins.connected.includes(1);
  for (let slot = 0; slot < slots; slot++)
    if (margins.connected[slot] === 0 && !(anyEv && slot === slots - 1)) margins.accountKwh[slot] = Infinity;
  return margins;
}

/** Share of its charger that every connected EV of an aggregator can have at once, and discharge power beyond the common limit [slot]. */
function commonPower(problem: V2gProblem, index: number): { chargeShare: number[]; excessDischargeKw: number[] } {
  const aggregator = problem.aggregators[index]!;
  const connectedKw = (of: 'chargeKw' | 'dischargeKw', slot: number): number => {
    let sum = 0;
    for (const ev of problem.evs)
      if (ev.aggregator === index && ev.arrivalSlot <= slot && slot < ev.departureSlot) sum += ev[of];
    return sum;
  };
  const chargeShare = new Array<number>(problem.slots).fill(1);
  const excessDischargeKw = new Array<number>(problem.slots).fill(0);
  for (let slot = 0; slot < problem.slots; slot++) {
    const most = aggregator.chargeLimitKwAt?.[slot] ?? null;
    const out = aggregator.dischargeLimitKwAt?.[slot] ?? null;
    if (most !== null) chargeShare[slot] = Math.min(1, most / Math.max(most, connectedKw('chargeKw', slot), 1e-12));
    if (out !== null) excessDischargeKw[slot] = Math.max(0, connectedKw('dischargeKw', slot) - out);
  }
  return { chargeShare, excessDischargeKw };
}

function addEv(
  problem: V2gProblem,
  schedule: V2gSchedule,
  margins: PlanMargins,
  ev: Ev,
  index: number,
  chargeShare: readonly number[],
): void {
  const { slots, slotHours } = problem;
  const { from, until } = connectedSlots(ev, slots);
  const { chargeKw, dischargeKw, energyKwh, unmetKwh } = schedule.evs[index]!;
  for (let slot = from; slot < slots && from < until; slot++) {
    if (slot < until) {
      margins.connected[slot] = 1;
      margins.poolKw[slot]! += ev.dischargeKw + chargeKw[slot]! - dischargeKw[slot]!;
    }
    const latest = Math.min(slot, until - 1);
    let slotsLater = 0;
    for (let later = latest + 1; later < until; later++) slotsLater += chargeShare[later]!;
    const reachableLater = slotsLater * ev.efficiency * ev.chargeKw * slotHours;
    const lowKwh = Math.max(ev.minKwh, ev.requiredKwh - unmetKwh - reachableLater);
    margins.accountKwh[slot]! += energyKwh[latest]! - lowKwh;
  }
}

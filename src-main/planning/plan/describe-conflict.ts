/**
 * Why there is no plan, in the operator's words. The solver names the rows and bounds that cannot hold together; this puts numbers to the ones
 * that arithmetic can judge (what a car can reach, what all supply can give) and names the limits that take part.
 */
import { worstDeviation } from '../../models/v2g/build-v2g.ts';
import { connection, reachableKwh } from '../../models/v2g/connection.ts';
import { readName, type NameParts } from '../../models/v2g/names.ts';
import type { Ev, V2gProblem } from '../../models/v2g/problem.ts';
import { isInService, mostKwAt, reserveShareAt, valueAt } from '../../models/v2g/slot-values.ts';
import { kw, kwh, plainSlot, type SlotName } from './conflict-words.ts';
import { listLimits } from './list-limits.ts';

/**
 * @param names rows and columns in conflict, as the solver gave them; when empty, everything is judged.
 * @returns sentences, the most telling first; never empty.
 */
export function describeConflict(
  problem: V2gProblem,
  names: readonly string[],
  slotName: SlotName = plainSlot,
): string[] {
  // The solver says "bound of" before the name of a column whose bound takes part.
  const parts = names.map((name) => readName(name.replace(/^bound of /, ''))).filter((part) => part !== null);
  const all = parts.length === 0;
  const slotsOf = (kind: NameParts['kind']): number[] =>
    all
      ? Array.from({ length: problem.slots }, (_, slot) => slot)
      : [...new Set(parts.flatMap((part) => (part.kind === kind && part.slot !== null ? [part.slot] : [])))].sort(
          (a, b) => a - b,
        );
  const idsOf = (kind: NameParts['kind']): Set<string> =>
    new Set(parts.flatMap((part) => (part.kind === kind ? [part.id] : [])));
  const named = <Device extends { id: string }>(kind: NameParts['kind'], devices: readonly Device[]): Device[] => {
    const ids = idsOf(kind);
    return all ? [...devices] : devices.filter((device) => ids.has(device.id));
  };
  const evs = named('ev', problem.evs);
  const sentences = [
    ...unreachable(problem, evs, slotName),
    ...storageShort(problem, named('storage', problem.storage)),
    ...shortSupply(problem, slotsOf('balance'), slotName),
  ];
  if (sentences.length === 0 && evs.length > 0) sentences.push(...shortEnergy(problem, evs, slotName));
  if (sentences.length === 0 && !all) sentences.push(listLimits(problem, parts, slotName));
  if (sentences.length > 0) return sentences;
  return ['The limits cannot all hold, and which of them conflict was not found in the time given.'];
}

const tolerance = 1e-6;

/** Cars that cannot hold their departure energy (or their minimum) even at full power; together where an aggregator has several. */
function unreachable(problem: V2gProblem, evs: readonly Ev[], slotName: SlotName): string[] {
  if (problem.charging === 'uncoordinated') return [];
  const reach = (ev: Ev): number => reachableKwh(ev, problem.slots, problem.slotHours);
  const sentences: string[] = [];
  for (const [index, aggregator] of problem.aggregators.entries()) {
    const own = evs.filter((ev) => ev.aggregator === index);
    const late = problem.unmetPerKwh === null ? own.filter((ev) => reach(ev) < ev.requiredKwh - tolerance) : [];
    if (late.length > 0) {
      const by = slotName(Math.min(...late.map((ev) => ev.departureSlot)));
      const who =
        late.length === 1 ? `EV ${late[0]!.id} of ${aggregator.name}` : `${aggregator.name} with ${late.length} EVs`;
      const sum = (of: (ev: Ev) => number): string => kwh(late.reduce((total, ev) => total + of(ev), 0));
      sentences.push(
        `${who} must leave with ${sum((ev) => ev.requiredKwh)} by ${by}; at most ${sum(reach)} can be reached.`,
      );
    }
    for (const ev of own) {
      const { from, until } = connection(ev, problem.slots);
      const first = ev.initialKwh + ev.efficiency * ev.chargeKw * problem.slotHours;
      if (until > from && first < ev.minKwh - tolerance)
        sentences.push(
          `EV ${ev.id} of ${aggregator.name} arrives with ${kwh(ev.initialKwh)} at ${slotName(from)}; its minimum of ${kwh(ev.minKwh)} is out of reach within the slot.`,
        );
    }
  }
  return sentences;
}

function storageShort(problem: V2gProblem, units: V2gProblem['storage']): string[] {
  return units.flatMap((unit) => {
    const wanted = Math.max(unit.finalMinKwh, unit.minKwh);
    const most = Math.min(
      unit.maxKwh,
      unit.initialKwh + problem.slots * problem.slotHours * unit.chargeKw * unit.chargeEfficiency,
    );
    return most < wanted - tolerance
      ? [`${unit.name} must end the day with ${kwh(wanted)}; at most ${kwh(most)} can be reached.`]
      : [];
  });
}

/** Largest and smallest net supply of a slot, device by device, with nothing but power limits in mind. */
function supplyRange(problem: V2gProblem, slot: number): { mostKw: number; leastKw: number } {
  const { lossShare, reserve } = problem;
  // What is held at a value can give neither more nor less; its headroom still counts as reserve.
  const pinnedGasKw = problem.gas.reduce((sum, unit) => {
    const pinnedKw = unit.pinnedKw?.[slot] ?? null;
    return sum + (pinnedKw === null ? 0 : mostKwAt(unit, slot) - pinnedKw);
  }, 0);
  const gasKw = problem.gas.reduce((sum, unit) => sum + mostKwAt(unit, slot), 0);
  const headroomKw = reserveShareAt(problem, slot) * problem.loadKw[slot]!;
  const heldBackKw =
    reserve.counts === 'installed' || problem.storage.length + (problem.trucks?.trucks.length ?? 0) === 0
      ? headroomKw
      : 0;
  const windKw = problem.wind.reduce((sum, park) => sum + (park.pinnedKw?.[slot] ?? park.availableKw[slot]!), 0);
  const importKw = problem.grid ? valueAt(problem.grid.importLimitKwAt, slot, problem.grid.importLimitKw) : 0;
  const exportKw = problem.grid ? valueAt(problem.grid.exportLimitKwAt, slot, problem.grid.exportLimitKw) : 0;
  const connected =
    problem.charging === 'coordinated'
      ? problem.evs.filter((ev) => ev.arrivalSlot <= slot && slot < ev.departureSlot)
      : [];
  const sum = (of: 'chargeKw' | 'dischargeKw'): number => {
    const storageKw = problem.storage.reduce((total, unit) => {
      const pinnedKw = unit.pinnedKw?.[slot] ?? null;
      const limitKw = valueAt(of === 'chargeKw' ? unit.chargeKwAt : unit.dischargeKwAt, slot, unit[of]);
      return total + (pinnedKw === null ? limitKw : of === 'chargeKw' ? -pinnedKw : pinnedKw);
    }, 0);
    const ownTrucksKw = (problem.trucks?.trucks ?? []).reduce((total, { powerKw }) => total + powerKw, 0);
    const trucksKw = (problem.stays ?? []).reduce((total, stay) => {
      if (slot < stay.from || slot >= stay.until) return total;
      const pinnedKw = stay.pinnedKw?.[slot] ?? null;
      return total + (pinnedKw === null ? stay.powerKw : of === 'chargeKw' ? -pinnedKw : pinnedKw);
    }, ownTrucksKw);
    return problem.aggregators.reduce((total, aggregator, index) => {
      const own = connected.filter((ev) => ev.aggregator === index).reduce((kwSum, ev) => kwSum + ev[of], 0);
      const limits = of === 'chargeKw' ? aggregator.chargeLimitKwAt : aggregator.dischargeLimitKwAt;
      return total + Math.min(own, limits?.[slot] ?? Infinity);
    }, storageKw + trucksKw);
  };
  const mustRunKw = problem.gas.reduce((total, unit) => {
    const ownKw = unit.commitment === 'always-on' && isInService(unit, slot) ? unit.minKw : 0;
    return total + (unit.pinnedKw?.[slot] ?? valueAt(unit.leastKwAt, slot, ownKw));
  }, 0);
  const heldWindKw = problem.wind.reduce((total, park) => total + (park.pinnedKw?.[slot] ?? 0), 0);
  return {
    mostKw:
      (1 - lossShare) * (Math.max(0, gasKw - Math.max(heldBackKw, pinnedGasKw)) + windKw + importKw) +
      sum('dischargeKw'),
    leastKw: (1 - lossShare) * (mustRunKw + heldWindKw) - exportKw - sum('chargeKw'),
  };
}

function demandKw(problem: V2gProblem): { fixed: number[]; deviation: number[] } {
  const uncoordinated = problem.charging === 'uncoordinated' ? problem.uncoordinatedKw : [];
  const fixed = problem.loadKw.map((kw_, slot) => kw_ + uncoordinated.reduce((sum, demand) => sum + demand[slot]!, 0));
  const nobodyShares = problem.recourse === 0 || problem.charging === 'uncoordinated';
  const worst = worstDeviation(problem);
  const deviation = worst.map((beta, slot) => {
    const connected = problem.evs.some((ev) => ev.arrivalSlot <= slot && slot < ev.departureSlot);
    return nobodyShares || !connected ? beta : 0;
  });
  return { fixed, deviation };
}

/** Slots in which all supply together is too little, or what must run is too much; the worst of each. */
function shortSupply(problem: V2gProblem, slots: readonly number[], slotName: SlotName): string[] {
  const { fixed, deviation } = demandKw(problem);
  const judged = slots.map((slot) => {
    const needKw = fixed[slot]! + deviation[slot]!;
    const { mostKw, leastKw } = supplyRange(problem, slot);
    return { slot, needKw, mostKw, leastKw };
  });
  const short = judged
    .filter((at) => at.needKw > at.mostKw + tolerance)
    .sort((a, b) => b.needKw - b.mostKw - (a.needKw - a.mostKw));
  const surplus = judged
    .filter((at) => at.leastKw > at.needKw + tolerance)
    .sort((a, b) => b.leastKw - b.needKw - (a.leastKw - a.needKw));
  const also = (count: number): string => (count > 1 ? ` (and in ${count - 1} more slots)` : '');
  const sentences: string[] = [];
  const worst = short[0];
  if (worst) {
    const guard = deviation[worst.slot]! > 0 ? `, ${kw(deviation[worst.slot]!)} of it for protection,` : '';
    const held = problem.reserve.shareOfLoad > 0 ? ' above the reserve' : '';
    sentences.push(
      `At ${slotName(worst.slot)}${also(short.length)} a demand of ${kw(worst.needKw)}${guard} must be met; all supply${held} gives at most ${kw(worst.mostKw)}.`,
    );
  }
  const most = surplus[0];
  if (most)
    sentences.push(
      `At ${slotName(most.slot)}${also(surplus.length)} units that must run leave at least ${kw(most.leastKw)} after all charging and sale; the demand is ${kw(most.needKw)}.`,
    );
  return sentences;
}

/** Every car could be filled alone, but supply above the load does not suffice for all of them while they are connected. */
function shortEnergy(problem: V2gProblem, evs: readonly Ev[], slotName: SlotName): string[] {
  const { fixed, deviation } = demandKw(problem);
  const from = Math.min(...evs.map((ev) => connection(ev, problem.slots).from));
  const until = Math.max(...evs.map((ev) => connection(ev, problem.slots).until));
  const neededKwh = evs.reduce((sum, ev) => sum + Math.max(0, ev.requiredKwh - ev.initialKwh) / ev.efficiency, 0);
  let spareKwh = 0;
  for (let slot = from; slot < until; slot++) {
    const evPower = problem.evs.filter((ev) => ev.arrivalSlot <= slot && slot < ev.departureSlot);
    const mostKw = supplyRange(problem, slot).mostKw - evPower.reduce((sum, ev) => sum + ev.dischargeKw, 0);
    spareKwh += (mostKw - fixed[slot]! - deviation[slot]!) * problem.slotHours;
  }
  if (spareKwh >= neededKwh) return [];
  const who = evs.length === 1 ? `EV ${evs[0]!.id} needs` : `${evs.length} EVs need`;
  const window = `between ${slotName(from)} and ${slotName(until)}`;
  return [`${who} ${kwh(neededKwh)} ${window}; supply leaves at most ${kwh(Math.max(0, spareKwh))} above the load.`];
}

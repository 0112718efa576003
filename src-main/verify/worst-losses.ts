/**
 * What the adversary of uncertain coefficients does to a finished plan: the slot in which the units that may fail to deliver leave least of what was
 * set aside for them, and the battery that comes nearest to its least energy when its efficiency is worst up to some slot. From the definition, as
 * check-coefficients.ts, which judges every slot and not the tightest alone.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { dearest } from './check-coefficients.ts';
import { connectedSlots } from './plan-margins.ts';
import { worstGivenKwh } from './responses.ts';
import type { WorstFinding } from './types.ts';

/** Empty where coefficients are known, or nothing that is doubted is used. */
export function worstLosses(problem: V2gProblem, schedule: V2gSchedule): WorstFinding[] {
  if (problem.coefficients === undefined) return [];
  return [worstDelivery(problem, schedule), worstBattery(problem, schedule)].filter((found) => found !== null);
}

const shareOf = ({ coefficients }: V2gProblem, kind: string, id: string): number =>
  coefficients?.losses.find((loss) => loss.kind === kind && loss.id === id)?.share ?? 0;

function worstDelivery(problem: V2gProblem, schedule: V2gSchedule): WorstFinding | null {
  const { unitsAtOnce } = problem.coefficients!;
  const setAside = schedule.undeliveredKw;
  if (setAside === undefined) return null;
  const inSlot = Array.from({ length: problem.slots }, (_, slot): WorstFinding => {
    const missing = (['gas', 'wind'] as const)
      .flatMap((kind) =>
        schedule[kind].map(({ id, outputKw }, k) => ({
          name: problem[kind][k]!.name,
          kw: (1 - problem.lossShare) * shareOf(problem, kind, id) * outputKw[slot]!,
        })),
      )
      .sort((a, b) => b.kw - a.kw);
    return {
      kind: 'delivery',
      slot,
      who: missing[0]?.name ?? '',
      far: missing[0]?.kw ?? 0,
      farUnit: 'kW',
      takes: dearest(missing.map(({ kw }) => kw), unitsAtOnce), // prettier-ignore
      holds: setAside[slot]!,
      unit: 'kW',
    };
  });
  return tightest(inSlot);
}

interface Battery {
  name: string;
  rho: number;
  from: number;
  chargeKw: number[];
  dischargeKw: number[];
  charge: number;
  discharge: number;
  /** Energy above its least in a slot of the day, what others take at worst taken off. */
  spareKwh: (slot: number) => number;
}

function worstBattery(problem: V2gProblem, schedule: V2gSchedule): WorstFinding | null {
  const { slotsAtOnce } = problem.coefficients!;
  const found = batteriesOf(problem, schedule).flatMap((battery) => {
    const { rho, from, chargeKw, dischargeKw, charge, discharge, spareKwh } = battery;
    const each = chargeKw.map((kw, at) => {
      const drawn = dischargeKw[at]! / discharge;
      return problem.slotHours * (rho * charge * kw + drawn / (1 - rho) - drawn);
    });
    return each.map((_, at): WorstFinding => ({
      kind: 'efficiency',
      slot: from + at,
      who: battery.name,
      far: Math.max(...each.slice(0, at + 1)),
      farUnit: 'kWh',
      takes: dearest(each.slice(0, at + 1), slotsAtOnce),
      holds: spareKwh(from + at),
      unit: 'kWh',
    }));
  });
  return tightest(found);
}

function batteriesOf(problem: V2gProblem, schedule: V2gSchedule): Battery[] {
  const last = problem.slots - 1;
  const storage = problem.storage.map((unit, k): Battery => {
    const { chargeKw, dischargeKw, energyKwh } = schedule.storage[k]!;
    const given = worstGivenKwh(problem, schedule, k);
    const leastKwh = (slot: number): number =>
      Math.max(unit.minKwhAt?.[slot] ?? unit.minKwh, slot === last ? unit.finalMinKwh : -Infinity);
    return {
      name: unit.name,
      rho: shareOf(problem, 'storage', unit.id),
      from: 0,
      chargeKw,
      dischargeKw,
      charge: unit.chargeEfficiency,
      discharge: unit.dischargeEfficiency,
      spareKwh: (slot) => energyKwh[slot]! - given[slot]! - leastKwh(slot),
    };
  });
  const cars = problem.charging === 'uncoordinated' ? [] : problem.evs;
  const evs = cars.map((ev, i): Battery => {
    const { from, until } = connectedSlots(ev, problem.slots);
    const { chargeKw, dischargeKw, energyKwh, unmetKwh } = schedule.evs[i]!;
    const aggregator = problem.aggregators[ev.aggregator]!;
    const leastKwh = (slot: number): number => Math.max(ev.minKwh, slot === until - 1 ? ev.requiredKwh - unmetKwh : 0);
    return {
      name: `${aggregator.name}, ${ev.id}`,
      rho: shareOf(problem, 'aggregator', aggregator.id),
      from,
      chargeKw: chargeKw.slice(from, Math.max(from, until)),
      dischargeKw: dischargeKw.slice(from, Math.max(from, until)),
      charge: ev.efficiency,
      discharge: ev.efficiency,
      spareKwh: (slot) => energyKwh[slot]! - leastKwh(slot),
    };
  });
  return [...storage, ...evs].filter(({ rho }) => rho > 0);
}

/** Slack below this share of the limit is none; of those the one that takes most is named. */
const nothingToSpare = 1e-6;

/** The finding that leaves least of what the plan holds; null where nothing is taken. */
export function tightest(found: readonly WorstFinding[]): WorstFinding | null {
  const taken = found
    .filter(({ takes }) => takes > 1e-9)
    .map((finding) => ({ finding, slack: (finding.holds - finding.takes) / Math.max(1, Math.abs(finding.holds)) }));
  if (taken.length === 0) return null;
  const least = Math.max(nothingToSpare, Math.min(...taken.map(({ slack }) => slack)));
  return taken
    .filter(({ slack }) => slack <= least)
    .reduce((most, one) => (one.finding.takes > most.finding.takes ? one : most)).finding;
}

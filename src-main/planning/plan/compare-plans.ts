/** What differs between two plans, from the first to the second: differences, never verdicts. Comparing a plan with itself is empty. */
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import { aggregatorView } from './aggregator-view.ts';
import type { Exception } from '../exception.ts';
import type { PlanRecord } from '../ports.ts';

export interface ComparedPlan {
  plan: Pick<PlanRecord, 'id' | 'day' | 'problem' | 'schedule' | 'test' | 'provenance'>;
  exceptions: Exception[];
}

export interface ResourceChange {
  kind: 'gas' | 'wind' | 'storage' | 'truck' | 'grid' | 'aggregator';
  id: string;
  name: string;
  /** Slots whose power differs, the first and the last of them. */
  slots: number;
  fromSlot: number;
  toSlot: number;
  /** Net energy of the day, second minus first: supply, discharge and import positive; an aggregator's charging positive. */
  energyKwh: number;
  /** Largest difference of power in a slot, with its sign. */
  largestKw: number;
}

export interface PromiseChange {
  aggregatorId: string;
  name: string;
  /** Cars leave at the end of this slot. */
  slot: number;
  cars: number;
  requiredKwh: { from: number; to: number };
  plannedKwh: { from: number; to: number };
}

export interface PlanComparison {
  fromId: string;
  toId: string;
  currency: string;
  /** Whether the two stand on the same telemetry and the same set. */
  same: { data: boolean; set: boolean; horizon: boolean };
  protection: { from: number; to: number };
  cost: { from: number; to: number };
  costItems: { key: keyof V2gSchedule['cost']; from: number; to: number }[];
  /** Of days with any violation; null where a plan is not tested. */
  anyViolation: { from: MeasuredShare; to: MeasuredShare } | null;
  unmetKwh: { from: number; to: number };
  /** Slots in which anything differs. */
  changedSlots: number;
  /** Empty between days of different slots: they cannot be laid side by side. */
  resources: ResourceChange[];
  promises: PromiseChange[];
  newExceptions: Exception[];
  goneExceptions: Exception[];
}

/** Below these a difference is the solver's rounding. */
const leastKw = 0.1;
const leastKwh = 0.05;
const leastMoney = 0.005;

export function comparePlans(from: ComparedPlan, to: ComparedPlan): PlanComparison {
  const [a, b] = [from.plan, to.plan];
  const horizon = a.day === b.day && a.problem.slots === b.problem.slots && a.problem.slotHours === b.problem.slotHours;
  const powers = horizon ? powerChanges(a, b) : { resources: [], changedSlots: 0 };
  const keys = Object.keys({ ...a.schedule.cost, ...b.schedule.cost }) as (keyof V2gSchedule['cost'])[];
  const items = keys.map((key) => ({ key, from: a.schedule.cost[key] ?? 0, to: b.schedule.cost[key] ?? 0 }));
  const unmet = (plan: ComparedPlan['plan']): number => plan.schedule.evs.reduce((sum, ev) => sum + ev.unmetKwh, 0);
  return {
    fromId: a.id,
    toId: b.id,
    currency: b.problem.currency,
    same: {
      data: a.provenance.dataHash === b.provenance.dataHash,
      set: a.provenance.setId === b.provenance.setId,
      horizon,
    },
    protection: { from: a.schedule.protection, to: b.schedule.protection },
    cost: { from: a.schedule.totalCost, to: b.schedule.totalCost },
    costItems: items.filter((item) => Math.abs(item.to - item.from) >= leastMoney),
    anyViolation: a.test && b.test ? { from: a.test.anyViolation, to: b.test.anyViolation } : null,
    unmetKwh: { from: unmet(a), to: unmet(b) },
    ...powers,
    promises: horizon ? promiseChanges(a, b) : [],
    newExceptions: missingFrom(from.exceptions, to.exceptions),
    goneExceptions: missingFrom(to.exceptions, from.exceptions),
  };
}

type Compared = ComparedPlan['plan'];
type Resource = Pick<ResourceChange, 'kind' | 'id' | 'name'> & { powerKw: number[] };

function powerChanges(a: Compared, b: Compared): Pick<PlanComparison, 'resources' | 'changedSlots'> {
  const before = new Map(resourcesOf(a).map((resource) => [keyOf(resource), resource]));
  const after = new Map(resourcesOf(b).map((resource) => [keyOf(resource), resource]));
  const changed = new Set<number>();
  const resources = [...new Map([...before, ...after]).entries()].flatMap(([key, { kind, id, name }]) => {
    const differenceKw = a.problem.loadKw.map(
      (_, slot) => (after.get(key)?.powerKw[slot] ?? 0) - (before.get(key)?.powerKw[slot] ?? 0),
    );
    const slots = differenceKw.flatMap((kw, slot) => (Math.abs(kw) >= leastKw ? [slot] : []));
    if (slots.length === 0) return [];
    for (const slot of slots) changed.add(slot);
    const energyKwh = differenceKw.reduce((sum, kw) => sum + kw, 0) * a.problem.slotHours;
    const largestKw = differenceKw.reduce((most, kw) => (Math.abs(kw) > Math.abs(most) ? kw : most), 0);
    const range = { fromSlot: slots[0]!, toSlot: slots.at(-1)! };
    return [{ kind, id, name, slots: slots.length, ...range, energyKwh, largestKw }];
  });
  return { resources, changedSlots: changed.size };
}

const keyOf = ({ kind, id }: Pick<ResourceChange, 'kind' | 'id'>): string => `${kind} ${id}`;

function resourcesOf({ problem, schedule }: Compared): Resource[] {
  const net = (plus: readonly number[], minus: readonly number[]): number[] =>
    plus.map((kw, slot) => kw - minus[slot]!);
  return [
    ...schedule.gas.map((unit, k): Resource => ({
      kind: 'gas',
      id: unit.id,
      name: problem.gas[k]!.name,
      powerKw: unit.outputKw,
    })),
    ...schedule.wind.map((park, k): Resource => ({
      kind: 'wind',
      id: park.id,
      name: problem.wind[k]!.name,
      powerKw: park.outputKw,
    })),
    ...schedule.storage.map((unit, k): Resource => ({
      kind: 'storage',
      id: unit.id,
      name: problem.storage[k]!.name,
      powerKw: net(unit.dischargeKw, unit.chargeKw),
    })),
    ...(schedule.trucks ?? []).map((truck, k): Resource => ({
      kind: 'truck',
      id: truck.id,
      name: problem.trucks!.trucks[k]!.name,
      powerKw: net(truck.dischargeKw, truck.chargeKw),
    })),
    ...(schedule.stays ?? []).map((stay, k): Resource => ({
      kind: 'truck',
      id: stay.id,
      name: problem.stays![k]!.name,
      powerKw: net(stay.dischargeKw, stay.chargeKw),
    })),
    ...(schedule.grid
      ? [
          {
            kind: 'grid' as const,
            id: 'grid',
            name: 'Grid',
            powerKw: net(schedule.grid.importKw, schedule.grid.exportKw),
          },
        ]
      : []),
    ...problem.aggregators.map(({ id, name }, index): Resource => {
      const { chargeKw, dischargeKw } = aggregatorView(problem, schedule, index);
      return { kind: 'aggregator', id, name, powerKw: net([...chargeKw], [...dischargeKw]) };
    }),
  ];
}

function promiseChanges(a: Compared, b: Compared): PromiseChange[] {
  return b.problem.aggregators.flatMap(({ id, name }, index) => {
    const earlier = a.problem.aggregators.findIndex((aggregator) => aggregator.id === id);
    if (earlier < 0) return [];
    const before = new Map(
      aggregatorView(a.problem, a.schedule, earlier).departures.map((departure) => [departure.slot, departure]),
    );
    return aggregatorView(b.problem, b.schedule, index).departures.flatMap((departure): PromiseChange[] => {
      const was = before.get(departure.slot);
      if (!was) return [];
      const change = {
        requiredKwh: { from: was.requiredKwh, to: departure.requiredKwh },
        plannedKwh: { from: was.plannedKwh, to: departure.plannedKwh },
      };
      const differs = Object.values(change).some((pair) => Math.abs(pair.to - pair.from) >= leastKwh);
      return differs ? [{ aggregatorId: id, name, slot: departure.slot, cars: departure.cars, ...change }] : [];
    });
  });
}

/** Exceptions of `all` whose cause, as a kind, `known` does not have, or has less grave. */
function missingFrom(known: readonly Exception[], all: readonly Exception[]): Exception[] {
  return all.filter(
    (exception) => !known.some((other) => other.code === exception.code && other.level <= exception.level),
  );
}

/** Columns and rows of what every unit holds for the services; what all of it adds up to is in reserve-areas.ts and regulation.ts. */
import type { AffineExpression } from '../../../program/affine.ts';
import type { Term } from '../../../program/program.ts';
import type { BatteryColumns } from '../battery.ts';
import { lossOf } from '../coefficients.ts';
import { perSlot, type Stage } from '../device.ts';
import type { EvColumns } from '../ev.ts';
import type { GasColumns } from '../gas.ts';
import { aggregatorName, evName, storageName } from '../names.ts';
import type { PoolPromises } from '../pool.ts';
import type { WorstColumns } from '../pool-by-car.ts';
import type { V2gProblem } from '../problem.ts';
import type { Responses } from '../responses.ts';
import { valueAt } from '../slot-values.ts';
import { addHeld, callSlots, termAt, type Held } from './held.ts';
import { addHeldGas } from './held-gas.ts';
import { limitHeld } from './limit-held.ts';
import type { ControlArea } from './services.ts';

/** [unit]; EVs in the order of their columns. */
export interface HeldDevices {
  gas: Held[];
  storage: Held[];
  evs: Held[];
}

export const areaOf = (
  { services }: V2gProblem,
  kind: 'gas' | 'storage' | 'aggregators',
  id: string,
): ControlArea | null => services?.reserve?.areas.find((area) => area[kind].includes(id)) ?? null;

/** Columns alone: the rows of pool and reserve speak of them before their own limits are stated. */
export function addHeldBatteries(stage: Stage, evs: readonly EvColumns[]): Pick<HeldDevices, 'storage' | 'evs'> {
  const { problem } = stage;
  const { services, slots, dischargePerKwh, aggregators } = problem;
  const regulation = services?.regulation ?? null;
  return {
    storage: problem.storage.map((unit) =>
      addHeld(stage, {
        from: 0,
        until: slots,
        chargeEfficiency: unit.chargeEfficiency,
        dischargeEfficiency: unit.dischargeEfficiency,
        rangeKw: unit.chargeKw + unit.dischargeKw,
        wearPerKwh: unit.degradationPerKwh,
        regulation: regulation?.storage.includes(unit.id) ? regulation : null,
        area: areaOf(problem, 'storage', unit.id),
        name: (what, slot) => storageName(unit.id, what, slot),
      }),
    ),
    evs: evs.map(({ ev, from, until }) => {
      const { id } = aggregators[ev.aggregator]!;
      const efficiency = ev.efficiency * (1 - lossOf(problem, 'aggregator', id));
      const isPromised = (problem.carsOffPlan?.[ev.aggregator] ?? 0) === 0;
      return addHeld(stage, {
        // A car that comes emptier than it may ever be is first brought within its limits.
        from: ev.initialKwh < ev.minKwh || ev.initialKwh > ev.maxKwh ? from + 1 : from,
        until,
        chargeEfficiency: efficiency,
        dischargeEfficiency: efficiency,
        rangeKw: ev.chargeKw + ev.dischargeKw,
        // Subsidy and wear are paid on discharge, which is half of what goes through.
        wearPerKwh: dischargePerKwh / 2,
        regulation: isPromised && regulation?.aggregators.includes(id) ? regulation : null,
        area: isPromised ? areaOf(problem, 'aggregators', id) : null,
        name: (what, slot) => evName(ev.id, what, slot),
      });
    }),
  };
}

/** What the pool's common account must leave for services, where it is not kept by car. */
export function poolPromises(stage: Stage, evs: readonly EvColumns[], held: readonly Held[]): PoolPromises {
  const { services, slotHours } = stage.problem;
  const durationHours = services?.reserve?.durationHours ?? 0;
  const slotsOfCall = callSlots(stage);
  const drained = (slot: number): Term[] =>
    held.flatMap(({ moments }, i) => moments[Math.min(slot, evs[i]!.until - 1)]?.at(-1)?.drained ?? []);
  const regulated = (slot: number): Term[] => held.flatMap(({ regulation }) => termAt(regulation, slot));
  /** The same for each call that may run in the slot; once without where there is none. */
  const forEachCall = (slot: number, common: Term[], kwhPerKw: (hours: number, efficiency: number) => number) => {
    const calls = Array.from({ length: slotsOfCall }, (_, k) => slot - k).filter((first) =>
      held.some(({ reserve }) => (reserve[first] ?? null) !== null),
    );
    if (calls.length === 0) return [{ what: '', terms: common }];
    return calls.map((first) => ({
      what: ` with reserve called ${slot - first} slots before`,
      terms: [
        ...common,
        ...held.flatMap(({ reserve }, i): Term[] => {
          const hours = Math.min((slot - first + 1) * slotHours, durationHours);
          return termAt(reserve, first, kwhPerKw(hours, evs[i]!.ev.efficiency));
        }),
      ],
    }));
  };
  return {
    power: (slot) => forEachCall(slot, regulated(slot), () => 1),
    energy: (slot) => forEachCall(slot, drained(slot), (hours, efficiency) => hours / efficiency),
  };
}

/** @param cars at worst, in the order of `evs`; empty where the plan is the worst day. */
export function limitHeldEvs(
  stage: Stage,
  evs: readonly EvColumns[],
  held: readonly Held[],
  cars: readonly WorstColumns[],
): void {
  const { problem } = stage;
  held.forEach((own, i) => {
    const planned = evs[i]!;
    const { ev, from, until, unmet } = planned;
    const worst: BatteryColumns = cars[i] ?? planned;
    const efficiency = ev.efficiency * (1 - lossOf(problem, 'aggregator', problem.aggregators[ev.aggregator]!.id));
    limitHeld(stage, {
      held: own,
      from,
      until,
      givesKw: () => ev.dischargeKw,
      takesKw: () => ev.chargeKw,
      dischargeEfficiency: efficiency,
      plannedOut: (slot) => outOf(planned, slot - from),
      worstOut: (slot) => outOf(worst, slot - from),
      plannedKwh: (slot) => energyOf(planned, slot - from, ev.initialKwh),
      worstKwh: (slot) => energyOf(worst, slot - from, ev.initialKwh),
      minKwh: () => ev.minKwh,
      maxKwh: () => ev.maxKwh,
      needKwh: ev.requiredKwh,
      unmet,
      refillKwh: () => efficiency * ev.chargeKw * problem.slotHours,
      name: (what, slot) => evName(ev.id, what, slot),
    });
  });
  limitAggregators(stage, evs, held, cars);
}

/** Where an aggregator's cars have a common limit, as if everything held came on top of it. */
function limitAggregators(
  { program, problem }: Stage,
  evs: readonly EvColumns[],
  held: readonly Held[],
  cars: readonly WorstColumns[],
): void {
  problem.aggregators.forEach(({ id, chargeLimitKwAt, dischargeLimitKwAt }, index) => {
    for (const [flow, limits] of [
      ['charge', chargeLimitKwAt],
      ['discharge', dischargeLimitKwAt],
    ] as const)
      limits?.forEach((limitKw, slot) => {
        if (limitKw === null) return;
        const terms = evs.flatMap(({ ev, from, until, ...own }, i): Term[] => {
          if (ev.aggregator !== index || slot < from || slot >= until) return [];
          const columns = flow === 'discharge' ? (cars[i] ?? own) : own;
          const { regulation, reserve } = held[i]!;
          return [
            [columns[flow][slot - from]!, 1],
            ...termAt(regulation, slot),
            ...(flow === 'discharge' ? termAt(reserve, slot) : []),
          ];
        });
        if (terms.length > 0)
          program.addRow({
            name: aggregatorName(id, `${flow} limit with services`, slot),
            lower: -Infinity,
            upper: limitKw,
            terms,
          });
      });
  });
}

export function limitHeldStorage(
  stage: Stage,
  columns: readonly BatteryColumns[],
  held: readonly Held[],
  { storage: responses, givenKwh }: Pick<Responses, 'storage' | 'givenKwh'>,
): void {
  const { problem } = stage;
  problem.storage.forEach((unit, k) => {
    const own = columns[k]!;
    const takesKw = (slot: number): number => valueAt(unit.chargeKwAt, slot, unit.chargeKw);
    limitHeld(stage, {
      held: held[k]!,
      from: 0,
      until: problem.slots,
      givesKw: (slot) => valueAt(unit.dischargeKwAt, slot, unit.dischargeKw),
      takesKw,
      dischargeEfficiency: unit.dischargeEfficiency,
      plannedOut: (slot) => outOf(own, slot),
      worstOut: (slot) => {
        return [...outOf(own, slot), ...termAt(responses[k]!, slot)];
      },
      plannedKwh: (slot) => energyOf(own, slot, unit.initialKwh),
      worstKwh: (slot) => {
        const energy = energyOf(own, slot, unit.initialKwh);
        const given = slot < 0 ? { terms: [], constant: 0 } : givenKwh[k]![slot]!;
        return {
          terms: [...energy.terms, ...given.terms.map(([column, value]): Term => [column, -value])],
          constant: energy.constant - given.constant,
        };
      },
      minKwh: (slot) => valueAt(unit.minKwhAt, slot, unit.minKwh),
      maxKwh: (slot) => valueAt(unit.maxKwhAt, slot, unit.maxKwh),
      needKwh: unit.finalMinKwh,
      unmet: null,
      refillKwh: (slot) => unit.chargeEfficiency * takesKw(slot) * problem.slotHours,
      name: (what, slot) => storageName(unit.id, what, slot),
    });
  });
}

export const addHeldUnits = (stage: Stage, gas: readonly GasColumns[], { gas: responses }: Responses): Held[] =>
  stage.problem.gas.map((unit, k) =>
    addHeldGas(
      stage,
      unit,
      gas[k]!,
      responses[k] ?? perSlot(stage.problem, () => null),
      areaOf(stage.problem, 'gas', unit.id),
    ),
  );

function outOf({ charge, discharge }: BatteryColumns, at: number): Term[] {
  return [
    [discharge[at]!, 1],
    [charge[at]!, -1],
  ];
}

const energyOf = ({ energy }: BatteryColumns, at: number, initialKwh: number): AffineExpression =>
  at < 0 ? { terms: [], constant: initialKwh } : { terms: [[energy[at]!, 1]], constant: 0 };

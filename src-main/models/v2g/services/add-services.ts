/** The services of a site in its scheduling program: who holds what, what it adds up to, what it earns. docs/method/services.md. */
import type { Column, Term } from '../../../program/program.ts';
import type { BatteryColumns } from '../battery.ts';
import { perSlot, type Stage, type ValueOf } from '../device.ts';
import type { EvColumns } from '../ev.ts';
import type { GasColumns } from '../gas.ts';
import type { GridColumns } from '../grid.ts';
import type { WorstColumns } from '../pool-by-car.ts';
import type { Responses } from '../responses.ts';
import type { CostItems } from '../schedule.ts';
import { addConnectionRoom } from './connection-room.ts';
import { addHeldUnits, limitHeldEvs, limitHeldStorage, type HeldDevices } from './held-devices.ts';
import type { Held } from './held.ts';
import { addPeak } from './peak.ts';
import { addRegulation } from './regulation.ts';
import { addReserveAreas } from './reserve-areas.ts';
import type { HeldBy, ServicesSchedule } from './services.ts';
import { addVoltageSupport, type ConverterParts } from './voltage.ts';

export interface ServiceParts {
  gas: readonly GasColumns[];
  storage: readonly BatteryColumns[];
  evs: readonly EvColumns[];
  /** The cars on the worst day; empty where the plan is it. */
  worstEvs: readonly WorstColumns[];
  responses: Responses;
  flows: readonly GridColumns[] | null;
  /** What cars and storage give less what they take [slot]. */
  given: readonly (readonly Term[])[];
  reactive: ConverterParts['reactive'];
}

export interface ServicesDevice {
  held: HeldDevices;
  read: (valueOf: ValueOf) => { answer: ServicesSchedule; cost: Partial<CostItems> } | null;
}

/** @param batteries columns made before (held-devices.ts). */
export function addServices(
  stage: Stage,
  batteries: Pick<HeldDevices, 'storage' | 'evs'>,
  parts: ServiceParts,
): ServicesDevice {
  const { services } = stage.problem;
  const held: HeldDevices = { ...batteries, gas: addHeldUnits(stage, parts.gas, parts.responses) };
  if (!services) return { held, read: () => null };
  limitHeldEvs(stage, parts.evs, held.evs, parts.worstEvs);
  limitHeldStorage(stage, parts.storage, held.storage, parts.responses);
  const offered = addReserveAreas(stage, held);
  const regulation = addRegulation(stage, held);
  addConnectionRoom(stage, parts.flows, regulation, offered);
  const peak = addPeak(stage, { flows: parts.flows, given: parts.given, regulation });
  const { evs, worstEvs, storage, responses, reactive } = parts;
  const voltage = addVoltageSupport(stage, { evs, worstEvs, storage, responses: responses.storage, held, reactive });
  return { held, read: (valueOf) => readServices(stage, { held, offered, peak, voltage }, valueOf) };
}

interface ServiceColumns {
  held: HeldDevices;
  offered: Column[][];
  peak: Column | null;
  voltage: (Column | null)[][][];
}

function readServices(
  { problem }: Stage,
  { held, offered, peak, voltage }: ServiceColumns,
  valueOf: ValueOf,
): { answer: ServicesSchedule; cost: Partial<CostItems> } {
  const services = problem.services!;
  const valueOr0 = (column: Column | null | undefined): number =>
    column === null || column === undefined ? 0 : valueOf(column);
  const by = (of: 'regulation' | 'reserve'): HeldBy => {
    const kw = (own: Held): number[] => own[of].map(valueOr0);
    const none = (): number[] => perSlot(problem, () => 0);
    return {
      gasKw: held.gas.map(kw),
      storageKw: held.storage.map(kw),
      evKw: problem.evs.map((_, i) => (held.evs[i] ? kw(held.evs[i]) : none())),
    };
  };
  const answer: ServicesSchedule = {};
  const cost: Partial<CostItems> = {};
  const { slotHours } = problem;
  if (services.regulation) {
    const { regulation } = services;
    answer.regulation = by('regulation');
    const { gasKw, storageKw, evKw } = answer.regulation;
    const kwh = (rows: number[][], price: (unit: number, slot: number) => number): number =>
      rows.reduce((sum, own, k) => sum + own.reduce((part, kw, slot) => part + kw * slotHours * price(k, slot), 0), 0);
    const price = (_: number, slot: number): number =>
      regulation.capacityPricePerKwh[slot]! +
      regulation.mileagePricePerKw[slot]! * regulation.mileagePerHour * regulation.performanceScore;
    cost.regulationIncome = -kwh([...gasKw, ...storageKw, ...evKw], price);
    cost.regulationWear =
      regulation.throughputShare *
      (kwh(storageKw, (k) => problem.storage[k]!.degradationPerKwh) + kwh(evKw, () => problem.dischargePerKwh / 2));
  }
  if (services.reserve) {
    const offeredKw = offered.map((area) => area.map(valueOf));
    answer.reserve = { ...by('reserve'), offeredKw };
    cost.reserveIncome = -offeredKw.reduce(
      (sum, own, a) =>
        sum + own.reduce((part, kw, slot) => part + kw * slotHours * services.reserve!.areas[a]!.pricePerKwh[slot]!, 0),
      0,
    );
  }
  if (services.peak && peak !== null) {
    answer.peak = { peakKw: valueOf(peak) };
    cost.peakCharge = services.peak.pricePerKw * (valueOf(peak) - services.peak.soFarKw);
  }
  if (services.voltage) {
    answer.voltageKvar = voltage.map((converters) => converters.map((slots) => slots.map(valueOr0)));
    cost.voltageIncome = -answer.voltageKvar.reduce(
      (sum, converters, v) =>
        sum +
        converters
          .flatMap((own) => own.map((kvar, slot) => kvar * slotHours * services.voltage![v]!.pricePerKvarh[slot]!))
          .reduce((a, b) => a + b, 0),
      0,
    );
  }
  return { answer, cost };
}

/** What a stored plan offers beside energy, as the screens read it; each product with its own independent check. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { HeldBy } from '../../models/v2g/services/services.ts';
import { checkPeak, meteredKw } from '../../verify/check-peak.ts';
import { checkRegulation } from '../../verify/check-regulation.ts';
import { checkReserveAreas } from '../../verify/check-reserve-areas.ts';
import { checkVoltageSupport } from '../../verify/check-voltage-support.ts';
import { heldBatteries, type HeldUnit } from '../../verify/held-units.ts';
import { Ledger } from '../../verify/ledger.ts';
import { serviceCostBySlot } from '../../verify/service-income.ts';
import type { PlanRecord } from '../ports.ts';
import { sumSlots } from './plan-totals.ts';

type Check = (problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger) => void;
type Kind = 'gas' | 'storage' | 'aggregator';

/** Null where the plan offers nothing beside energy. */
export function servicesView({ problem, schedule, baseline }: PlanRecord, inWords: (sentence: string) => string) {
  const { services, slots } = problem;
  if (!services || !schedule.services) return null;
  const judged = (check: Check) => {
    const ledger = new Ledger();
    check(problem, schedule, ledger);
    const { passed, checked, breaches } = ledger.report();
    return { passed, checked, worst: breaches[0] ? inWords(breaches[0].sentence) : null };
  };
  const costs = serviceCostBySlot(problem, schedule);
  const total = (values: readonly number[] | undefined): number =>
    (values ?? []).reduce((sum, value) => sum + value, 0);
  const zeros = new Float64Array(slots);
  const batteries = heldBatteries(problem, schedule);
  const { peak, reserve, regulation, voltage } = services;
  const told = schedule.services;
  return {
    products: [
      ...(reserve && told.reserve
        ? reserve.areas.map((area, a) => ({
            kind: 'reserve' as const,
            id: area.id,
            name: area.name,
            unit: 'kW' as const,
            offered: Float64Array.from(told.reserve!.offeredKw[a]!),
            required: Float64Array.from(area.requiredKw),
            most: Float64Array.from(area.mostKw),
            holders: holders(problem, told.reserve!, area),
            earns: total(
              told.reserve!.offeredKw[a]!.map((kw, slot) => kw * area.pricePerKwh[slot]! * problem.slotHours),
            ),
            wear: 0,
            energy: energyBehind(problem, inArea(problem, batteries, area), ({ reserveKw }, slot) => reserveKw[slot]!, reserve.durationHours), // prettier-ignore
            check: judged(checkReserveAreas),
          }))
        : []),
      ...(regulation && told.regulation
        ? [
            {
              kind: 'regulation' as const,
              id: 'regulation',
              name: 'Frequency regulation',
              unit: 'kW' as const,
              offered: sumSlots(slots, [
                ...told.regulation.gasKw,
                ...told.regulation.storageKw,
                ...told.regulation.evKw,
              ]),
              required: zeros,
              most: Float64Array.from(regulation.mostKw),
              holders: holders(problem, told.regulation, regulation),
              earns: -total(costs.regulationIncome) - total(costs.regulationWear),
              wear: total(costs.regulationWear),
              energy: energyBehind(
                problem,
                batteries,
                ({ regulationKw }, slot) => regulationKw[slot]!,
                longestRun(problem),
              ),
              check: judged(checkRegulation),
            },
          ]
        : []),
      ...(voltage ?? []).map((service, v) => ({
        kind: 'voltage' as const,
        id: service.id,
        name: service.name,
        unit: 'kvar' as const,
        offered: sumSlots(slots, told.voltageKvar?.[v] ?? []),
        required: Float64Array.from(service.requiredKvar),
        most: Float64Array.from(service.mostKvar),
        holders: service.converters.map(({ kind, id }, c) => ({
          kind,
          id,
          name: problem[kind === 'storage' ? 'storage' : 'aggregators'].find((device) => device.id === id)?.name ?? id,
          held: Float64Array.from(told.voltageKvar?.[v]?.[c] ?? zeros),
        })),
        earns: total(
          (told.voltageKvar?.[v] ?? []).flatMap((own) =>
            own.map((kvar, slot) => kvar * service.pricePerKvarh[slot]! * problem.slotHours),
          ),
        ),
        wear: 0,
        energy: null,
        check: judged(checkVoltageSupport),
      })),
    ],
    regulation: regulation
      ? {
          windowMinutes: 60 * regulation.signals.windowSlots * problem.slotHours,
          netShare: regulation.signals.netShare,
          runningMinutes: 60 * regulation.signals.runningHours,
          performanceScore: regulation.performanceScore,
          mileagePerHour: regulation.mileagePerHour,
        }
      : null,
    reserve: reserve ? { durationMinutes: 60 * reserve.durationHours } : null,
    peak:
      peak && told.peak
        ? {
            of: peak.of,
            meteredKw: Float64Array.from(meteredKw(problem, schedule)),
            peakKw: told.peak.peakKw,
            soFarKw: peak.soFarKw,
            pricePerKw: peak.pricePerKw,
            charge: peak.pricePerKw * (told.peak.peakKw - peak.soFarKw),
            capKw: Float64Array.from(peak.capKw, (kw) => kw ?? NaN),
            withoutV2gKw: baseline?.meteredPeakKw ?? null,
            check: judged(checkPeak),
          }
        : null,
  };
}

/** Units that may hold a product, cars by their aggregator. */
function holders(
  problem: V2gProblem,
  { gasKw, storageKw, evKw }: HeldBy,
  providers: { gas: string[]; storage: string[]; aggregators: string[] },
): { kind: Kind; id: string; name: string; held: Float64Array }[] {
  const of = (kind: Kind, id: string, name: string, rows: readonly number[][]) => ({
    kind,
    id,
    name,
    held: sumSlots(problem.slots, rows),
  });
  return [
    ...problem.gas.flatMap(({ id, name }, k) => (providers.gas.includes(id) ? [of('gas', id, name, [gasKw[k]!])] : [])),
    ...problem.storage.flatMap(({ id, name }, k) =>
      providers.storage.includes(id) ? [of('storage', id, name, [storageKw[k]!])] : [],
    ),
    ...problem.aggregators.flatMap(({ id, name }, l) => {
      const own = evKw.filter((_, i) => problem.evs[i]!.aggregator === l);
      return providers.aggregators.includes(id) ? [of('aggregator', id, name, own)] : [];
    }),
  ];
}

/** Storage comes first in the list of batteries, then the cars. */
const inArea = (
  { storage, evs, aggregators }: V2gProblem,
  batteries: readonly HeldUnit[],
  area: { storage: string[]; aggregators: string[] },
): HeldUnit[] =>
  batteries.filter((_, k) =>
    k < storage.length
      ? area.storage.includes(storage[k]!.id)
      : area.aggregators.includes(aggregators[evs[k - storage.length]!.aggregator]!.id),
  );

/** Most a signal runs to one side, with the way back that the set asks for. */
function longestRun({ services, slotHours }: V2gProblem): number {
  const { windowSlots, netShare, runningHours } = services!.regulation!.signals;
  return Math.min(runningHours, ((1 + netShare) * windowSlots * slotHours) / 2, windowSlots * slotHours);
}

/** What is asked of the batteries at once, and what they have above their least when the slot begins. */
function energyBehind(
  { slots, slotHours }: V2gProblem,
  batteries: readonly HeldUnit[],
  heldKw: (unit: HeldUnit, slot: number) => number,
  hours: number,
): { askedKwh: Float64Array; heldKwh: Float64Array } {
  const askedKwh = new Float64Array(slots);
  const heldKwh = new Float64Array(slots);
  for (const unit of batteries) {
    let energyKwh = unit.initialKwh;
    for (let slot = unit.from; slot < unit.until; slot++) {
      const kw = heldKw(unit, slot);
      if (kw > 1e-6) {
        askedKwh[slot]! += (kw * hours) / unit.dischargeEfficiency;
        heldKwh[slot]! += Math.max(0, energyKwh - (slot === 0 ? 0 : unit.givenKwh[slot - 1]!) - unit.minKwh(slot));
      }
      const out = unit.worstKw[slot]!;
      energyKwh -= slotHours * (out > 0 ? out / unit.dischargeEfficiency : out * unit.chargeEfficiency);
    }
  }
  return { askedKwh, heldKwh };
}

/**
 * Voltage support: every converter can go to either end of its range, on the true circle of its rating, whatever its active power is between plan less
 * regulation and worst day plus regulation and reserve; an aggregator's rating is at most that of the chargers whose cars are there.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { heldBatteries } from './held-units.ts';
import type { Ledger } from './ledger.ts';

const limit = 'voltage support';

export function checkVoltageSupport(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const services = problem.services?.voltage ?? [];
  const kept = schedule.services?.voltageKvar ?? [];
  if (services.length !== kept.length) return ledger.refuse(limit, 'the plan speaks of other products than the site');
  const batteries = heldBatteries(problem, schedule);
  const callSlots = Math.ceil((problem.services?.reserve?.durationHours ?? 0) / problem.slotHours - 1e-9);
  services.forEach((service, v) => {
    for (let slot = 0; slot < problem.slots; slot++) {
      const value = kept[v]!.reduce((sum, own) => sum + own[slot]!, 0);
      const offered = { limit, subject: `voltage support ${service.name}`, slot, quantity: 'reactive power offered', value, unit: 'kvar' }; // prettier-ignore
      ledger.least({ ...offered, bound: service.requiredKvar[slot]! });
      ledger.most({ ...offered, bound: Math.max(service.requiredKvar[slot]!, service.mostKvar[slot]!) });
      service.converters.forEach((converter, c) => {
        const rangeKvar = kept[v]![c]![slot]!;
        const own = { limit, subject: `converter of ${converter.kind} ${converter.id}`, slot, unit: 'kvar' };
        ledger.least({ ...own, quantity: 'range', value: rangeKvar, bound: 0 });
        if (!(rangeKvar > 0)) return;
        const units = unitsOf(problem, converter).map((k) => batteries[k]!);
        const there = units.filter((unit) => slot >= unit.from && slot < unit.until);
        const calls = Array.from({ length: Math.max(1, callSlots) }, (_, back) =>
          there.reduce((sum, unit) => sum + (unit.reserveKw[slot - back] ?? 0), 0),
        );
        const sum = (of: (unit: (typeof there)[number]) => number): number =>
          there.reduce((kw, unit) => kw + of(unit), 0);
        const mostKw = sum((unit) => unit.answeringKw[slot]! + unit.regulationKw[slot]!) + Math.max(...calls);
        const leastKw = sum((unit) => unit.plannedKw[slot]! - unit.regulationKw[slot]!);
        const chargersKva = sum((unit) => Math.max(unit.givesKw(slot), unit.takesKw(slot)));
        const ratedKva = converter.kind === 'storage' ? converter.ratedKva : Math.min(converter.ratedKva, chargersKva);
        const anywayKvar = Math.abs(reactiveKvar(problem, schedule, converter, slot));
        const apparent = Math.hypot(Math.max(Math.abs(mostKw), Math.abs(leastKw)), anywayKvar + rangeKvar);
        ledger.most({ ...own, quantity: 'apparent power at an end of the range', value: apparent, bound: ratedKva, unit: 'kVA' }); // prettier-ignore
      });
    }
  });
}

type Converter = { kind: 'storage' | 'aggregator'; id: string };

/** Storage first, then cars, as the batteries are listed. */
function unitsOf(problem: V2gProblem, { kind, id }: Converter): number[] {
  if (kind === 'storage') return problem.storage.flatMap((unit, k) => (unit.id === id ? [k] : []));
  return problem.evs.flatMap((ev, i) =>
    problem.aggregators[ev.aggregator]!.id === id ? [problem.storage.length + i] : [],
  );
}

function reactiveKvar(problem: V2gProblem, schedule: V2gSchedule, { kind, id }: Converter, slot: number): number {
  const index = problem[kind === 'storage' ? 'storage' : 'aggregators'].findIndex((device) => device.id === id);
  const inverters = problem.network?.inverters ?? [];
  const at = inverters.findIndex((inverter) => inverter.kind === kind && inverter.index === index);
  return at < 0 ? 0 : (schedule.network?.reactiveKvar[at]?.[slot] ?? 0);
}

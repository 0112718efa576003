/**
 * Reactive power kept available beside active power: converter j can go from −z_j to z_j around what it gives anyway, whatever its active power is
 * between its plan less regulation and its worst day plus regulation and reserve,
 *
 *   cos φ_k p + sin φ_k (q ± z) ≤ s cos(π/K)     for each side k of the polygon inscribed in its circle, p at the end of its range that is worst for k
 *   Σ_j z_j = offered,   required ≤ offered ≤ most,   income Σ price offered Δ
 *
 * The polygon gives away at most 1 − cos(π/K) of the rating (models/feeder/circle-sides.ts). Cars bring their converters along: s is at most what
 * the chargers of connected cars are rated for.
 */
import type { Column, Term } from '../../../program/program.ts';
import { circleSides } from '../../feeder/circle-sides.ts';
import type { BatteryColumns } from '../battery.ts';
import { perSlot, type Stage } from '../device.ts';
import type { EvColumns } from '../ev.ts';
import { voltageSupportName } from '../names.ts';
import type { V2gProblem } from '../problem.ts';
import type { HeldDevices } from './held-devices.ts';
import { callSlots, termAt, type Held } from './held.ts';
import type { VoltageService } from './services.ts';

/** Sides of the polygon: 1.92 % of the rating is given away at most. */
export const converterSides = 16;

export interface ConverterParts {
  evs: readonly EvColumns[];
  /** Of the cars on the worst day; empty where the plan is it. */
  worstEvs: readonly BatteryColumns[];
  storage: readonly BatteryColumns[];
  /** φ [storage][slot] */
  responses: readonly (Column | null)[][];
  held: HeldDevices;
  /** Terms of what the converter of a device gives anyway. */
  reactive: (kind: 'storage' | 'aggregator', index: number, slot: number) => Term[];
}

/** z [product][converter][slot]; null where the converter is without rating. */
export function addVoltageSupport(stage: Stage, parts: ConverterParts): (Column | null)[][][] {
  const { program, problem } = stage;
  return (problem.services?.voltage ?? []).map((service) => {
    const kept = service.converters.map((converter) =>
      perSlot(problem, (slot) => keepRange(stage, parts, service, converter, slot)),
    );
    for (let slot = 0; slot < problem.slots; slot++) {
      const name = (what: string): string => voltageSupportName(service.id, what, slot);
      const offered = program.addColumn({
        name: name('reactive power offered'),
        lower: service.requiredKvar[slot]!,
        upper: Math.max(service.requiredKvar[slot]!, service.mostKvar[slot]!),
        cost: -service.pricePerKvarh[slot]! * problem.slotHours,
      });
      const own = kept.flatMap((slots) => termAt(slots, slot));
      program.addRow({ name: name('reactive power kept'), lower: 0, upper: 0, terms: [...own, [offered, -1]] });
    }
    return kept;
  });
}

/** kVA of a converter in a slot: an aggregator's is that of the cars that are there. */
export function ratingAt(
  problem: V2gProblem,
  { kind, id, ratedKva }: VoltageService['converters'][number],
  slot: number,
): number {
  if (kind === 'storage') return ratedKva;
  if (problem.charging === 'uncoordinated') return 0;
  const chargersKva = problem.evs.reduce(
    (sum, ev) =>
      problem.aggregators[ev.aggregator]!.id === id && ev.arrivalSlot <= slot && slot < ev.departureSlot
        ? sum + Math.max(ev.chargeKw, ev.dischargeKw)
        : sum,
    0,
  );
  return Math.min(ratedKva, chargersKva);
}

function keepRange(
  { program, problem }: Stage,
  parts: ConverterParts,
  service: VoltageService,
  converter: VoltageService['converters'][number],
  slot: number,
): Column | null {
  const ratedKva = ratingAt(problem, converter, slot);
  if (!(ratedKva > 0) || !(service.mostKvar[slot]! > 0)) return null;
  const name = (what: string): string =>
    voltageSupportName(service.id, `${what} of ${converter.kind} ${converter.id}`, slot);
  const range = program.addColumn({ name: name('range'), lower: 0, upper: ratedKva });
  const { most, least } = activeRange(problem, parts, converter, slot);
  const highest = program.addColumn({ name: name('most active power'), lower: -Infinity, upper: Infinity });
  const lowest = program.addColumn({ name: name('least active power'), lower: -Infinity, upper: Infinity });
  most.forEach((terms, at) =>
    program.addRow({
      name: name(`most active power (case ${at + 1})`),
      lower: -Infinity,
      upper: 0,
      terms: [...terms, [highest, -1]],
    }),
  );
  program.addRow({ name: name('least active power'), lower: 0, upper: Infinity, terms: [...least, [lowest, -1]] });
  const index = problem[converter.kind === 'storage' ? 'storage' : 'aggregators'].findIndex(
    ({ id }) => id === converter.id,
  );
  const reactive = parts.reactive(converter.kind, index, slot);
  circleSides(converterSides).forEach(({ along: [active, across], share }, side) =>
    program.addRow({
      name: name(`rating (side ${side + 1})`),
      lower: -Infinity,
      upper: ratedKva * share,
      terms: [
        [active > 0 ? highest : lowest, active],
        ...reactive.map(([column, value]): Term => [column, across * value]),
        [range, Math.abs(across)],
      ],
    }),
  );
  return range;
}

/** Active power given: the most in each call of reserve that may run, and the least. */
function activeRange(
  problem: V2gProblem,
  { evs, worstEvs, storage, responses, held }: ConverterParts,
  { kind, id }: VoltageService['converters'][number],
  slot: number,
): { most: Term[][]; least: Term[] } {
  const units: { planned: Term[]; worst: Term[]; held: Held }[] = [];
  const out = ({ charge, discharge }: BatteryColumns, at: number): Term[] => [
    [discharge[at]!, 1],
    [charge[at]!, -1],
  ];
  if (kind === 'storage')
    problem.storage.forEach((unit, k) => {
      if (unit.id !== id) return;
      const planned = out(storage[k]!, slot);
      const worst = [...planned, ...termAt(responses[k] ?? [], slot)];
      units.push({ planned, worst, held: held.storage[k]! });
    });
  else
    evs.forEach((own, i) => {
      if (problem.aggregators[own.ev.aggregator]!.id !== id || slot < own.from || slot >= own.until) return;
      const planned = out(own, slot - own.from);
      units.push({ planned, worst: worstEvs[i] ? out(worstEvs[i], slot - own.from) : planned, held: held.evs[i]! });
    });
  const signed = (sign: number): Term[] => units.flatMap((unit) => termAt(unit.held.regulation, slot, sign));
  const worst = [...units.flatMap((unit) => unit.worst), ...signed(1)];
  const calls = Array.from({ length: callSlots({ problem }) }, (_, k) => slot - k).filter((first) =>
    units.some((unit) => (unit.held.reserve[first] ?? null) !== null),
  );
  return {
    most:
      calls.length === 0
        ? [worst]
        : calls.map((first) => [...worst, ...units.flatMap((unit) => termAt(unit.held.reserve, first))]),
    least: [...units.flatMap((unit) => unit.planned), ...signed(-1)],
  };
}

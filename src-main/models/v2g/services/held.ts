/**
 * Columns of what one battery holds for the services: regulation capacity r, the same in every slot of a window of the signals, and spinning reserve
 * w by slot; with the energy the worst signals have drained from it and brought into it so far,
 *
 *   V_w = V_{w−1} + κ(L) r_w        F_w = F_{w−1} + χ(L) r_w                (robust/regulation-signal.ts)
 *
 * A battery takes part in the windows it is there for from start to end, and holds reserve for calls it can stay for.
 */
import type { AffineExpression } from '../../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../../program/program.ts';
import { signalMoments } from '../../../robust/regulation-signal.ts';
import { perSlot, type Stage } from '../device.ts';
import type { ControlArea, RegulationService } from './services.ts';
import { windowsOf, type SignalWindow } from './windows.ts';

export interface HeldSpec {
  /** There in slots from … until − 1. */
  from: number;
  until: number;
  chargeEfficiency: number;
  dischargeEfficiency: number;
  /** Most it can move either way, kW: what it gives plus what it takes. */
  rangeKw: number;
  /** Wear of a kWh through the battery. */
  wearPerKwh: number;
  /** Null: offers none. */
  regulation: RegulationService | null;
  area: ControlArea | null;
  name: (what: string, slot?: number) => string;
}

/** What the worst signals have done by a moment of a slot. */
export interface HeldMoment {
  /** Share of the slot that has passed. */
  passed: number;
  drained: Term[];
  filled: Term[];
}

export interface Held {
  /** r [slot] and w [slot]; null where it holds none. */
  regulation: (Column | null)[];
  reserve: (Column | null)[];
  /** Moments of each slot, the last its end; none before the first window. */
  moments: HeldMoment[][];
}

/** The column of a slot as a term; nothing where there is none. */
export function termAt(columns: readonly (Column | null)[], slot: number, value = 1): Term[] {
  const column = columns[slot] ?? null;
  return column === null ? [] : [[column, value]];
}

export const holdsNothing = ({ regulation, reserve }: Held): boolean =>
  [...regulation, ...reserve].every((column) => column === null);

/** What the worst signals have drained by the end of a slot. */
export const drainedAt = ({ moments }: Held, slot: number): AffineExpression => ({
  terms: moments[slot]?.at(-1)?.drained ?? [],
  constant: 0,
});

export function addHeld(stage: Stage, spec: HeldSpec): Held {
  const { problem, program } = stage;
  const held: Held = {
    regulation: perSlot(problem, () => null),
    reserve: perSlot(problem, () => null),
    moments: perSlot(problem, () => []),
  };
  if (spec.regulation) addRegulation(stage, spec, spec.regulation, held);
  const { area } = spec;
  if (area) {
    const slots = callSlots(stage);
    for (let slot = spec.from; slot < spec.until; slot++) {
      // A call that ends with the day is over for the schedule; a car must be there for all of it.
      if (Math.min(slot + slots, problem.slots) > spec.until || !(area.mostKw[slot]! > 0)) continue;
      held.reserve[slot] = program.addColumn({
        name: spec.name('spinning reserve', slot),
        lower: 0,
        upper: spec.rangeKw,
      });
    }
  }
  return held;
}

/** Whole slots of a call. */
export const callSlots = ({ problem: { services, slotHours } }: Pick<Stage, 'problem'>): number =>
  Math.ceil((services?.reserve?.durationHours ?? 0) / slotHours - 1e-9);

/** What a kW offered in a slot earns less what it wears, per hour. */
export const regulationWorth = (service: RegulationService, slot: number, wearPerKwh: number): number =>
  service.capacityPricePerKwh[slot]! +
  service.mileagePricePerKw[slot]! * service.mileagePerHour * service.performanceScore -
  wearPerKwh * service.throughputShare;

function addRegulation({ problem, program }: Stage, spec: HeldSpec, service: RegulationService, held: Held): void {
  const { slotHours } = problem;
  let before: { drained: Term[]; filled: Term[] } = { drained: [], filled: [] };
  const efficiencies = { charge: spec.chargeEfficiency, discharge: spec.dischargeEfficiency };
  for (const window of windowsOf(problem, service)) {
    const takesPart = window.from >= spec.from && window.until <= spec.until && window.mostKw > 0;
    const { drained, filled } = before;
    if (!takesPart) {
      if (drained.length > 0)
        for (let slot = window.from; slot < window.until; slot++)
          held.moments[slot]!.push({ passed: 1, drained, filled });
      continue;
    }
    const capacity = program.addColumn({
      name: spec.name('regulation', window.from),
      lower: 0,
      upper: Math.min(window.mostKw, spec.rangeKw / 2),
      cost: -worthOf(window, service, spec.wearPerKwh) * slotHours,
    });
    const moments = signalMoments(service.signals, window.until - window.from, slotHours, efficiencies);
    for (const { slot, passed, drainedKwh, filledKwh } of moments)
      held.moments[window.from + slot]!.push({
        passed,
        drained: [...drained, [capacity, drainedKwh]],
        filled: [...filled, [capacity, filledKwh]],
      });
    for (let slot = window.from; slot < window.until; slot++) held.regulation[slot] = capacity;
    const { drainedKwh, filledKwh } = moments.at(-1)!;
    before = {
      drained: runningSum(program, spec.name('energy drained by signals', window.from), drained, [
        capacity,
        drainedKwh,
      ]),
      filled: runningSum(program, spec.name('energy brought by signals', window.from), filled, [capacity, filledKwh]),
    };
  }
}

const worthOf = ({ from, until }: SignalWindow, service: RegulationService, wearPerKwh: number): number => {
  let worth = 0;
  for (let slot = from; slot < until; slot++) worth += regulationWorth(service, slot, wearPerKwh);
  return worth;
};

function runningSum(program: ProgramBuilder, name: string, before: Term[], added: Term): Term[] {
  if (added[1] === 0) return before;
  const sum = program.addColumn({ name, lower: 0, upper: Infinity });
  program.addRow({ name, lower: 0, upper: 0, terms: [[sum, -1], ...before, added] });
  return [[sum, 1]];
}

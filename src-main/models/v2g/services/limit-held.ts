/**
 * What a battery holds must be there for every signal and every call, beside its plan p = d − c, and beside what it gives on the worst day of the
 * set, p′ ≥ p, with its energies e and k ≤ e:
 *
 *   upwards:     p′_t + r_t + w ≤ most it gives          w: the reserve of a call that runs in slot t, one row for each
 *   downwards:   −p_t + r_t ≤ most it takes
 *   not empty:   k(τ) − V(τ) ≥ min                       at every moment τ of held.ts, k straight within a slot
 *   not full:    e(τ) + F(τ) ≤ max
 *   a call of reserve from slot t on, H hours long:      k(τ) − V(τ) − min(τ − t, H) w_t/η_d ≥ min   while it runs
 *   leaves:      k_last − V_last + u ≥ required          and after a call what is missing can still be charged in the slots that are left:
 *                k − V − H w_t/η_d + u + Σ later η_c C Δ ≥ required
 *
 * The rows of a call are those of the signals with w besides, so where a call may run these stand for both.
 * One call is taken to come on a day, at any slot, and a battery that was called is released from regulation until it is refilled.
 */
import type { AffineExpression } from '../../../program/affine.ts';
import type { Column, Term } from '../../../program/program.ts';
import type { Stage } from '../device.ts';
import { callSlots, holdsNothing, termAt, type Held, type HeldMoment } from './held.ts';

export interface HeldBattery {
  held: Held;
  from: number;
  until: number;
  givesKw: (slot: number) => number;
  takesKw: (slot: number) => number;
  dischargeEfficiency: number;
  /** Discharge less charge, as planned and on the worst day. */
  plannedOut: (slot: number) => Term[];
  worstOut: (slot: number) => Term[];
  /** Energy after a slot; of `from` − 1 what it starts with. */
  plannedKwh: (slot: number) => AffineExpression;
  worstKwh: (slot: number) => AffineExpression;
  minKwh: (slot: number) => number;
  maxKwh: (slot: number) => number;
  needKwh: number;
  /** Planned shortfall of that need. */
  unmet: Column | null;
  /** Most it can be charged in a slot. */
  refillKwh: (slot: number) => number;
  name: (what: string, slot?: number) => string;
}

export function limitHeld(stage: Stage, battery: HeldBattery): void {
  const { held, from, until } = battery;
  if (holdsNothing(held)) return;
  const calls = callSlots(stage);
  for (let slot = from; slot < until; slot++) {
    const regulation = held.regulation[slot] ?? null;
    // What must be there while a call may run, upwards, is there without it.
    const called = held.reserve.slice(Math.max(0, slot - calls + 1), slot + 1).some((column) => column !== null);
    if (regulation !== null) {
      if (!called) limitPowerUpwards(stage, battery, slot, regulation);
      limitPowerDownwards(stage, battery, slot, regulation);
    }
    for (const moment of held.moments[slot]!) {
      if (!called) limitEnergyUpwards(stage, battery, slot, moment);
      limitEnergyDownwards(stage, battery, slot, moment);
    }
    const reserve = held.reserve[slot] ?? null;
    if (reserve !== null) limitCall(stage, battery, slot, reserve);
  }
  const last = until - 1;
  const drained = held.moments[last]?.at(-1)?.drained ?? [];
  if (drained.length === 0) return;
  stage.program.addRow({
    name: battery.name('energy needed at the end, with regulation'),
    lower: battery.needKwh - battery.worstKwh(last).constant,
    upper: Infinity,
    terms: [...battery.worstKwh(last).terms, ...times(drained, -1), ...unmetOf(battery)],
  });
}

const times = (terms: readonly Term[], factor: number): Term[] =>
  terms.map(([column, value]) => [column, value * factor]);
const unmetOf = ({ unmet }: HeldBattery): Term[] => (unmet === null ? [] : [[unmet, 1]]);

function limitPowerUpwards({ program }: Stage, battery: HeldBattery, slot: number, regulation: Column): void {
  program.addRow({
    name: battery.name('power with regulation upwards', slot),
    lower: -Infinity,
    upper: battery.givesKw(slot),
    terms: [...battery.worstOut(slot), [regulation, 1]],
  });
}

function limitPowerDownwards({ program }: Stage, battery: HeldBattery, slot: number, regulation: Column): void {
  program.addRow({
    name: battery.name('power with regulation downwards', slot),
    lower: -Infinity,
    upper: battery.takesKw(slot),
    terms: [...times(battery.plannedOut(slot), -1), [regulation, 1]],
  });
}

/** Energy at a moment within a slot, straight between its ends. */
function energyAt(of: (slot: number) => AffineExpression, slot: number, passed: number): AffineExpression {
  if (passed === 1) return of(slot);
  const [before, after] = [of(slot - 1), of(slot)];
  return {
    terms: [...times(before.terms, 1 - passed), ...times(after.terms, passed)],
    constant: before.constant * (1 - passed) + after.constant * passed,
  };
}

const momentName = (what: string, passed: number): string =>
  passed === 1 ? what : `${what}, ${(100 * passed).toFixed(2)} % of the slot on`;

function limitEnergyUpwards(
  { program }: Stage,
  battery: HeldBattery,
  slot: number,
  { passed, drained }: HeldMoment,
): void {
  const low = energyAt(battery.worstKwh, slot, passed);
  program.addRow({
    name: battery.name(momentName('energy with regulation upwards', passed), slot),
    lower: battery.minKwh(slot) - low.constant,
    upper: Infinity,
    terms: [...low.terms, ...times(drained, -1)],
  });
}

function limitEnergyDownwards(
  { program }: Stage,
  battery: HeldBattery,
  slot: number,
  { passed, filled }: HeldMoment,
): void {
  const high = energyAt(battery.plannedKwh, slot, passed);
  program.addRow({
    name: battery.name(momentName('energy with regulation downwards', passed), slot),
    lower: -Infinity,
    upper: battery.maxKwh(slot) - high.constant,
    terms: [...high.terms, ...filled],
  });
}

function limitCall(stage: Stage, battery: HeldBattery, first: number, reserve: Column): void {
  const { program, problem } = stage;
  const { durationHours } = problem.services!.reserve!;
  const { slotHours } = problem;
  const end = Math.min(problem.slots, first + callSlots(stage));
  const { held } = battery;
  for (let slot = first; slot < end; slot++) {
    const on = slot - first;
    program.addRow({
      name: battery.name(`power with reserve, ${on} slots into the call`, first),
      lower: -Infinity,
      upper: battery.givesKw(slot),
      terms: [...battery.worstOut(slot), [reserve, 1], ...termAt(held.regulation, slot)],
    });
    const moments = held.moments[slot]!.length > 0 ? held.moments[slot]! : [{ passed: 1, drained: [], filled: [] }];
    for (const { passed, drained } of moments) {
      const given = Math.min((on + passed) * slotHours, durationHours) / battery.dischargeEfficiency;
      const low = energyAt(battery.worstKwh, slot, passed);
      program.addRow({
        name: battery.name(momentName(`energy with reserve, ${on} slots into the call`, passed), first),
        lower: battery.minKwh(slot) - low.constant,
        upper: Infinity,
        terms: [...low.terms, ...times(drained, -1), [reserve, -given]],
      });
    }
  }
  limitEndOfCall(stage, battery, end - 1, reserve, first);
}

/** All of the call has been given: beyond the end of the day it still is, and what it took can be charged again. */
function limitEndOfCall(stage: Stage, battery: HeldBattery, last: number, reserve: Column, first: number): void {
  const { program, problem } = stage;
  const given = problem.services!.reserve!.durationHours / battery.dischargeEfficiency;
  const low = battery.worstKwh(last);
  const terms: Term[] = [
    ...low.terms,
    ...times(battery.held.moments[last]?.at(-1)?.drained ?? [], -1),
    [reserve, -given],
  ];
  let refillKwh = 0;
  for (let slot = last + 1; slot < battery.until; slot++) refillKwh += battery.refillKwh(slot);
  if (battery.needKwh - refillKwh > battery.minKwh(last))
    program.addRow({
      name: battery.name('energy needed at the end, after a call of reserve', first),
      lower: battery.needKwh - refillKwh - low.constant,
      upper: Infinity,
      terms: [...terms, ...unmetOf(battery)],
    });
  if (last < first + callSlots(stage) - 1)
    program.addRow({
      name: battery.name('energy with reserve beyond the day', first),
      lower: battery.minKwh(last) - low.constant,
      upper: Infinity,
      terms,
    });
}

/**
 * Gas units: limits, on/off states, minimum times and ramps. R = ramp Δ per slot; on starting and stopping a unit may step to and from
 * its minimum even where R is smaller. In slots with a limit of their own, that one counts; a limit of 0 means out of service.
 */
import type { GasUnit, V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Claim, Ledger } from './ledger.ts';

export function checkGas(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  problem.gas.forEach((unit, k) => {
    const { outputKw, on } = schedule.gas[k]!;
    checkLevels(unit, outputKw, on, ledger);
    checkRamps(unit, outputKw, on, problem.slotHours, ledger);
    if (unit.commitment === 'committed') checkMinimumTimes(unit, on, problem.slotHours, ledger);
  });
}

const claim = (unit: GasUnit, slot: number, rest: Omit<Claim, 'subject' | 'slot'>): Claim => ({
  subject: `gas unit ${unit.name}`,
  slot,
  ...rest,
});

function checkLevels(unit: GasUnit, outputKw: number[], on: number[], ledger: Ledger): void {
  outputKw.forEach((value, slot) => {
    const state = on[slot]!;
    const mostKw = unit.maxKwAt?.[slot] ?? unit.maxKw;
    const free = Math.min(1, Math.max(0, Math.round(state)));
    const nearest = unit.commitment === 'always-on' ? alwaysOnState(unit, slot) : free;
    const isState = { limit: 'gas on/off', quantity: 'state', value: state, bound: nearest, unit: '(0 off, 1 on)' };
    ledger.equal(claim(unit, slot, isState));
    const heldOn = unit.onAt?.[slot] ?? null;
    if (heldOn !== null) ledger.equal(claim(unit, slot, { ...isState, limit: 'gas on/off held', bound: heldOn }));
    const output = { quantity: 'output', value, unit: 'kW' };
    ledger.most(
      claim(unit, slot, {
        ...output,
        limit: nearest === 1 ? 'gas maximum' : 'gas output while off',
        bound: nearest * mostKw,
      }),
    );
    ledger.least(claim(unit, slot, { ...output, limit: 'gas minimum', bound: nearest * unit.minKw }));
    const leastKw = unit.leastKwAt?.[slot] ?? 0;
    if (leastKw > 0) ledger.least(claim(unit, slot, { ...output, limit: 'gas output demanded', bound: leastKw }));
    const pinnedKw = unit.pinnedKw?.[slot] ?? null;
    if (pinnedKw !== null) ledger.equal(claim(unit, slot, { ...output, limit: 'gas output held', bound: pinnedKw }));
  });
}

function checkRamps(unit: GasUnit, outputKw: number[], on: number[], slotHours: number, ledger: Ledger): void {
  const rampKw = unit.rampKwPerHour * slotHours;
  const stepKw = Math.max(rampKw, unit.minKw);
  const { initial } = unit;
  outputKw.forEach((value, slot) => {
    const known = slot > 0 || (initial.state !== 'free' && initial.outputKw !== null);
    if (!known) return;
    const before = slot > 0 ? outputKw[slot - 1]! : initial.state === 'free' ? 0 : (initial.outputKw ?? 0);
    const alwaysOn = unit.commitment === 'always-on';
    const wasOn =
      slot === 0
        ? alwaysOn || initial.state === 'on'
        : alwaysOn
          ? alwaysOnState(unit, slot - 1) === 1
          : on[slot - 1]! > 0.5;
    const isOn = alwaysOn ? alwaysOnState(unit, slot) === 1 : on[slot]! > 0.5;
    const change = value - before;
    const limits = { unit: 'kW', scale: Math.max(value, before) };
    const up = { ...limits, limit: 'gas ramp up', quantity: 'rise', value: change, bound: wasOn ? rampKw : stepKw };
    const down = { ...limits, limit: 'gas ramp down', quantity: 'fall', value: -change, bound: isOn ? rampKw : stepKw };
    ledger.most(claim(unit, slot, up));
    ledger.most(claim(unit, slot, down));
  });
}

/** A unit without on/off decisions is off only while it is out of service. */
const alwaysOnState = (unit: GasUnit, slot: number): 0 | 1 => (unit.maxKwAt?.[slot] === 0 ? 0 : 1);

/** Every stretch of one state must last its minimum time, unless the day ends first or its beginning is unknown. */
function checkMinimumTimes(unit: GasUnit, on: number[], slotHours: number, ledger: Ledger): void {
  const isOn = on.map((state) => state > 0.5);
  let begin = 0;
  for (let slot = 1; slot <= isOn.length; slot++) {
    if (slot < isOn.length && isOn[slot] === isOn[begin]) continue;
    const state = isOn[begin] ? 'on' : 'off';
    const before = begin === 0 ? hoursBefore(unit, state) : 0;
    const minimum = isOn[begin] ? unit.minimumUpHours : unit.minimumDownHours;
    if (slot < isOn.length && before !== null) {
      const value = before + (slot - begin) * slotHours;
      ledger.least(
        claim(unit, begin, {
          limit: `gas minimum time ${state}`,
          quantity: `time ${state}`,
          value,
          bound: minimum,
          unit: 'h',
        }),
      );
    }
    // A change between the known state and slot 0 ends a stretch that lies before the day.
    if (begin === 0 && unit.initial.state !== 'free' && unit.initial.state !== state) {
      const left = unit.initial.state === 'on' ? unit.minimumUpHours : unit.minimumDownHours;
      const limit = `gas minimum time ${unit.initial.state}`;
      const quantity = `time ${unit.initial.state} before the day`;
      ledger.least(claim(unit, 0, { limit, quantity, value: unit.initial.hours, bound: left, unit: 'h' }));
    }
    begin = slot;
  }
}

/** Hours the state of slot 0 has lasted before it; null when unknown. */
function hoursBefore(unit: GasUnit, state: 'on' | 'off'): number | null {
  if (unit.initial.state === 'free') return null;
  return unit.initial.state === state ? unit.initial.hours : 0;
}

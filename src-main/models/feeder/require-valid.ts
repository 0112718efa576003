/** Refuses a feeder problem that contradicts itself, naming the field, before any row is built from it. */
import { Refusal } from '../../base/errors.ts';
import type { FeederProblem } from './problem.ts';

/** @throws Refusal `case-bad` with the first contradiction found. The network itself is checked by `feederTree`. */
export function requireValidFeeder(problem: FeederProblem): void {
  const refuse = (complaint: string): never => {
    throw new Refusal('case-bad', { file: problem.name, problem: complaint });
  };
  const { slots, slotHours, feeder } = problem;
  if (!(Number.isInteger(slots) && slots >= 1)) refuse(`slots is ${slots}; a whole number from 1 expected`);
  if (!(slotHours > 0 && slotHours <= 24)) refuse(`slotHours is ${slotHours}; more than 0 and at most 24 expected`);
  const buses = new Set([feeder.slackBus, ...feeder.branches.flatMap(({ from, to }) => [from, to])]);
  const knownBus = (field: string, bus: string): void => {
    if (!buses.has(bus)) refuse(`${field} stands at bus ${bus}, which the feeder does not have`);
  };
  const series = (field: string, values: readonly number[], least = -Infinity): void => {
    if (values.length !== slots) refuse(`${field} has ${values.length} values for ${slots} slots`);
    const bad = values.findIndex((value) => !(Number.isFinite(value) && value >= least));
    if (bad >= 0) refuse(`${field}[${bad}] is ${values[bad]}${least > -Infinity ? `; ${least} or more expected` : ''}`);
  };
  const atLeast = (field: string, value: number, least: number): void => {
    if (!(value >= least)) refuse(`${field} is ${value}; ${least} or more expected`);
  };
  series('price', problem.pricePerMwh);
  atLeast('importMaxMw', problem.importMaxMw, 0);
  atLeast('squaredCurrentMaxPu', problem.squaredCurrentMaxPu, 0);
  problem.loads.forEach(({ bus, pMw, qMvar }, i) => {
    knownBus(`load ${i + 1}`, bus);
    series(`active power of the load at bus ${bus}`, pMw);
    series(`reactive power of the load at bus ${bus}`, qMvar);
  });
  problem.wind.forEach(({ bus, availableMw, reactiveMvar: [least, most] }, i) => {
    knownBus(`wind ${i + 1}`, bus);
    series(`available power of the wind at bus ${bus}`, availableMw, 0);
    if (!(least <= most)) refuse(`reactive power of the wind at bus ${bus} ranges from ${least} to ${most}`);
  });
  for (const battery of problem.batteries) {
    const { id, minMwh, maxMwh, initialMwh, efficiency, required } = battery;
    knownBus(id, battery.bus);
    series(`charging limit of ${id}`, battery.chargeMaxMw, 0);
    series(`discharging limit of ${id}`, battery.dischargeMaxMw, 0);
    if (!(efficiency > 0 && efficiency <= 1))
      refuse(`efficiency of ${id} is ${efficiency}; above 0 and at most 1 expected`);
    if (!(0 <= minMwh && minMwh <= maxMwh)) refuse(`energy of ${id} ranges from ${minMwh} to ${maxMwh} MWh`);
    if (!(minMwh <= initialMwh && initialMwh <= maxMwh))
      refuse(`initial energy of ${id} is ${initialMwh} MWh, outside ${minMwh} to ${maxMwh}`);
    if (required === null) continue;
    if (!(required.mwh <= maxMwh)) refuse(`${id} owes ${required.mwh} MWh, more than its ${maxMwh}`);
    if (!(Number.isInteger(required.afterSlot) && required.afterSlot >= 0 && required.afterSlot < slots))
      refuse(`${id} owes energy after slot ${required.afterSlot}; slots are 0 to ${slots - 1}`);
  }
  if (problem.priceEllipsoid === null) return;
  atLeast('kappa', problem.priceEllipsoid.kappa, 0);
  atLeast('sdShareOfPrice', problem.priceEllipsoid.sdShareOfPrice, 0);
}

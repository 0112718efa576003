/** Refuses a scheduling problem that contradicts itself, naming the field, before any row is built from it. */
import { Refusal } from '../../base/errors.ts';
import type { GasUnit, V2gProblem } from './problem.ts';

/** @throws Refusal `case-bad` with the first contradiction found. */
export function requireValid(problem: V2gProblem): void {
  const refuse = (complaint: string): never => {
    throw new Refusal('case-bad', { file: problem.name, problem: complaint });
  };
  const number = (name: string, value: number, least = -Infinity, most = Infinity): void => {
    if (!(Number.isFinite(value) && value >= least && value <= most))
      refuse(
        `${name} is ${value}${least > -Infinity ? `; from ${least}` : ''}${most < Infinity ? ` to ${most}` : ''} expected`,
      );
  };
  const series = (name: string, values: readonly number[], least = -Infinity): void => {
    if (values.length !== problem.slots) refuse(`${name} has ${values.length} values for ${problem.slots} slots`);
    values.forEach((value, slot) => number(`${name}[${slot}]`, value, least));
  };
  const distinct = (name: string, ids: readonly string[]): void => {
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) refuse(`${name} "${twice}" occurs twice`);
  };

  if (!(Number.isInteger(problem.slots) && problem.slots >= 1)) refuse(`slots is ${problem.slots}`);
  if (!(problem.slotHours > 0 && problem.slotHours <= 24)) refuse(`slotHours is ${problem.slotHours}`);
  series('loadKw', problem.loadKw);
  number('lossShare', problem.lossShare, 0, 0.99);
  number('reserve.shareOfLoad', problem.reserve.shareOfLoad, 0);
  number('throughputPerKwh', problem.throughputPerKwh, 0);
  number('dischargePerKwh', problem.dischargePerKwh, 0);
  if (problem.unmetPerKwh !== null) number('unmetPerKwh', problem.unmetPerKwh, 0);
  number('protection', problem.uncertainty.protection, 0);
  if (problem.recourse !== 'optimal') number('recourse', problem.recourse, 0, 1);

  distinct(
    'wind park',
    problem.wind.map((park) => park.id),
  );
  for (const park of problem.wind) {
    series(`availableKw of ${park.id}`, park.availableKw, 0);
    number(`maintenancePerKwh of ${park.id}`, park.maintenancePerKwh);
  }
  distinct(
    'gas unit',
    problem.gas.map((unit) => unit.id),
  );
  for (const unit of problem.gas) validGas(unit, number, refuse);
  distinct(
    'storage',
    problem.storage.map((unit) => unit.id),
  );
  for (const unit of problem.storage) {
    const of = ` of ${unit.id}`;
    number(`maxKwh${of}`, unit.maxKwh, unit.minKwh);
    number(`minKwh${of}`, unit.minKwh, 0);
    number(`initialKwh${of}`, unit.initialKwh, 0);
    number(`finalMinKwh${of}`, unit.finalMinKwh);
    number(`chargeKw${of}`, unit.chargeKw, 0);
    number(`dischargeKw${of}`, unit.dischargeKw, 0);
    number(`chargeEfficiency${of}`, unit.chargeEfficiency, 0.01, 1);
    number(`dischargeEfficiency${of}`, unit.dischargeEfficiency, 0.01, 1);
    number(`degradationPerKwh${of}`, unit.degradationPerKwh, 0);
  }
  if (problem.grid) {
    number('importLimitKw', problem.grid.importLimitKw, 0);
    number('exportLimitKw', problem.grid.exportLimitKw, 0);
    series('buyPerKwh', problem.grid.buyPerKwh);
    series('sellPerKwh', problem.grid.sellPerKwh);
  }
  const evIds = new Set<string>();
  for (const ev of problem.evs) {
    if (evIds.has(ev.id)) refuse(`EV "${ev.id}" occurs twice`);
    evIds.add(ev.id);
    const of = ` of EV ${ev.id}`;
    number(`aggregator${of}`, ev.aggregator, 0, problem.aggregators.length - 1);
    if (!Number.isInteger(ev.arrivalSlot) || !Number.isInteger(ev.departureSlot)) refuse(`slots${of} are not whole`);
    number(`maxKwh${of}`, ev.maxKwh, ev.minKwh);
    number(`minKwh${of}`, ev.minKwh, 0);
    number(`initialKwh${of}`, ev.initialKwh, 0);
    number(`requiredKwh${of}`, ev.requiredKwh);
    number(`chargeKw${of}`, ev.chargeKw, 0);
    number(`dischargeKw${of}`, ev.dischargeKw, 0);
    number(`efficiency${of}`, ev.efficiency, 0.01, 1);
  }
  for (const component of problem.uncertainty.components)
    series(`halfWidthKw of ${component.id}`, component.halfWidthKw, 0);
  if (problem.charging === 'uncoordinated')
    problem.uncoordinatedKw.forEach((demand, l) => series(`uncoordinatedKw[${l}]`, demand, 0));
}

function validGas(
  unit: GasUnit,
  number: (name: string, value: number, least?: number, most?: number) => void,
  refuse: (complaint: string) => never,
): void {
  const of = ` of ${unit.id}`;
  number(`maxKw${of}`, unit.maxKw, unit.minKw);
  number(`minKw${of}`, unit.minKw, 0);
  if (!(unit.rampKwPerHour >= 0)) refuse(`rampKwPerHour${of} is ${unit.rampKwPerHour}`);
  number(`costLinearPerKwh${of}`, unit.costLinearPerKwh);
  number(`costQuadraticPerKwh2${of}`, unit.costQuadraticPerKwh2, 0);
  if (!Number.isInteger(unit.costSegments) || unit.costSegments < 1)
    refuse(`costSegments${of} is ${unit.costSegments}`);
  for (const field of ['noLoadPerHour', 'startUpCost', 'shutDownCost', 'minimumUpHours', 'minimumDownHours'] as const)
    number(`${field}${of}`, unit[field], 0);
  if (unit.initial.state !== 'free') {
    number(`initial.hours${of}`, unit.initial.hours, 0);
    if (unit.initial.outputKw !== null) number(`initial.outputKw${of}`, unit.initial.outputKw, 0);
  }
}

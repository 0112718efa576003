/** Refuses a scheduling problem that contradicts itself, naming the field, before any row is built from it. */
import { Refusal } from '../../base/errors.ts';
import type { GasUnit, SlotValues, V2gProblem } from './problem.ts';
import { requireValidCoefficients } from './require-valid-coefficients.ts';
import { slotsAtOnce } from './slots-at-once.ts';
import { valueAt } from './slot-values.ts';
import { requireValidMesh, requireValidNetwork } from './require-valid-network.ts';
import { requireValidObjectives } from './require-valid-objectives.ts';
import { requireValidPriceRisk } from './require-valid-price-risk.ts';
import { requireValidServices } from './services/require-valid-services.ts';
import { requireValidSet } from './require-valid-set.ts';
import { requireValidTrucks } from './require-valid-trucks.ts';

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
  /** Slots without a value of their own are skipped; `range` may depend on the slot. */
  const slotValues = (
    name: string,
    values: SlotValues | undefined,
    range: (slot: number) => [least: number, most: number],
  ): void => {
    if (values === undefined) return;
    if (values.length !== problem.slots) refuse(`${name} has ${values.length} values for ${problem.slots} slots`);
    values.forEach((value, slot) => {
      if (value !== null) number(`${name}[${slot}]`, value, ...range(slot));
    });
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
  if (problem.objectives) requireValidObjectives(problem, problem.objectives, refuse);
  number('protection', problem.uncertainty.protection, 0);
  if (problem.recourse !== 'optimal') number('recourse', problem.recourse, 0, 1);

  distinct(
    'wind park',
    problem.wind.map((park) => park.id),
  );
  for (const park of problem.wind) {
    series(`availableKw of ${park.id}`, park.availableKw, 0);
    number(`maintenancePerKwh of ${park.id}`, park.maintenancePerKwh);
    slotValues(`pinnedKw of ${park.id}`, park.pinnedKw, (slot) => [0, park.availableKw[slot]!]);
  }
  distinct(
    'gas unit',
    problem.gas.map((unit) => unit.id),
  );
  for (const unit of problem.gas) {
    validGas(unit, number, refuse);
    slotValues(`maxKwAt of ${unit.id}`, unit.maxKwAt, () => [0, unit.maxKw]);
    const most = (slot: number): number => valueAt(unit.maxKwAt, slot, unit.maxKw);
    if (unit.onAt && unit.commitment !== 'committed') refuse(`onAt of ${unit.id} is given, and it is always on`);
    slotValues(`onAt of ${unit.id}`, unit.onAt, () => [0, 1]);
    slotValues(`leastKwAt of ${unit.id}`, unit.leastKwAt, (slot) => [0, most(slot)]);
    slotValues(`pinnedKw of ${unit.id}`, unit.pinnedKw, (slot) => [0, most(slot)]);
    unit.maxKwAt?.forEach((kw, slot) => {
      if (unit.commitment === 'always-on' && kw !== null && kw > 0 && kw < unit.minKw)
        refuse(`maxKwAt of ${unit.id}[${slot}] is ${kw}; 0 or from ${unit.minKw} expected`);
    });
  }
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
    slotValues(`chargeKwAt${of}`, unit.chargeKwAt, () => [0, unit.chargeKw]);
    slotValues(`dischargeKwAt${of}`, unit.dischargeKwAt, () => [0, unit.dischargeKw]);
    slotValues(`maxKwhAt${of}`, unit.maxKwhAt, (slot) => [valueAt(unit.minKwhAt, slot, unit.minKwh), unit.maxKwh]);
    slotValues(`minKwhAt${of}`, unit.minKwhAt, (slot) => [unit.minKwh, valueAt(unit.maxKwhAt, slot, unit.maxKwh)]);
    slotValues(`pinnedKw${of}`, unit.pinnedKw, (slot) => [
      -valueAt(unit.chargeKwAt, slot, unit.chargeKw),
      valueAt(unit.dischargeKwAt, slot, unit.dischargeKw),
    ]);
  }
  requireValidTrucks(problem, refuse);
  if (problem.grid) {
    number('importLimitKw', problem.grid.importLimitKw, 0);
    number('exportLimitKw', problem.grid.exportLimitKw, 0);
    series('buyPerKwh', problem.grid.buyPerKwh);
    series('sellPerKwh', problem.grid.sellPerKwh);
    if (problem.grid.priceRisk) requireValidPriceRisk(problem.grid.priceRisk, problem.slots, refuse);
    slotValues('importLimitKwAt', problem.grid.importLimitKwAt, () => [0, Infinity]);
    slotValues('exportLimitKwAt', problem.grid.exportLimitKwAt, () => [0, Infinity]);
  }
  for (const aggregator of problem.aggregators) {
    slotValues(`chargeLimitKwAt of ${aggregator.id}`, aggregator.chargeLimitKwAt, () => [0, Infinity]);
    slotValues(`dischargeLimitKwAt of ${aggregator.id}`, aggregator.dischargeLimitKwAt, () => [0, Infinity]);
  }
  slotValues('reserve.shareOfLoadAt', problem.reserve.shareOfLoadAt, () => [0, Infinity]);
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
    if (ev.mayBe === undefined) continue;
    const { lateSlots, earlySlots, lackKwh } = ev.mayBe;
    if (!Number.isInteger(lateSlots) || !Number.isInteger(earlySlots)) refuse(`mayBe${of} is not in whole slots`);
    number(`mayBe.lateSlots${of}`, lateSlots, 0);
    number(`mayBe.earlySlots${of}`, earlySlots, 0);
    number(`mayBe.lackKwh${of}`, lackKwh, 0, ev.initialKwh);
  }
  requireValidCoefficients(problem, number, refuse);
  const { carsOffPlan, aggregators } = problem;
  if (carsOffPlan && carsOffPlan.length !== aggregators.length)
    refuse(`carsOffPlan has ${carsOffPlan.length} values for ${aggregators.length} aggregators`);
  carsOffPlan?.forEach((cars, a) => number(`carsOffPlan[${a}]`, cars, 0));
  for (const component of problem.uncertainty.components)
    series(`halfWidthKw of ${component.id}`, component.halfWidthKw, 0);
  const { set, components } = problem.uncertainty;
  if (set) {
    const size = problem.slots * components.length;
    requireValidSet(set, { name: `the ${set.kind} set`, size, times: problem.slots, timeName: 'slots' }, refuse);
  }
  if (problem.responders === 'each-resource' && slotsAtOnce(problem) === null)
    refuse(`shares of single resources are stated for intervals and budgets, not for the ${set?.kind} set`);
  if (problem.network) requireValidNetwork(problem, problem.network, refuse);
  if (problem.mesh) requireValidMesh(problem, problem.mesh, refuse);
  if (problem.network?.model === 'branch-flow' && problem.lossShare !== 0)
    refuse(`lossShare is ${problem.lossShare}; 0 expected, for the network knows its losses`);
  requireValidServices(problem, { number, series, refuse });
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

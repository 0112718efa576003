/** Refuses services that contradict themselves or the site, naming the field. */
import type { V2gProblem } from '../problem.ts';
import type { Providers, RegulationService, ReserveService, VoltageService } from './services.ts';

export interface Demands {
  number: (name: string, value: number, least?: number, most?: number) => void;
  series: (name: string, values: readonly number[], least?: number) => void;
  refuse: (complaint: string) => never;
}

export function requireValidServices(problem: V2gProblem, demands: Demands): void {
  const { services } = problem;
  if (!services) return;
  const { number, series, refuse } = demands;
  if (services.reserve) validReserve(problem, services.reserve, demands);
  if (services.regulation) validRegulation(problem, services.regulation, demands);
  const { peak } = services;
  if (peak) {
    number('services.peak.pricePerKw', peak.pricePerKw, 0);
    number('services.peak.soFarKw', peak.soFarKw, 0);
    if (peak.of === 'import' && problem.grid === null)
      refuse('services.peak is of the import of a site without a grid');
    if (peak.capKw.length !== problem.slots)
      refuse(`services.peak.capKw has ${peak.capKw.length} values for ${problem.slots} slots`);
    peak.capKw.forEach((kw, slot) => {
      if (kw !== null) number(`services.peak.capKw[${slot}]`, kw, 0);
    });
  }
  const taken = new Set<string>();
  for (const service of services.voltage ?? []) {
    if (taken.has(service.id)) refuse(`services.voltage "${service.id}" occurs twice`);
    taken.add(service.id);
    validVoltage(problem, service, demands);
    const of = ` of ${service.id}`;
    series(`services.voltage.requiredKvar${of}`, service.requiredKvar, 0);
    series(`services.voltage.mostKvar${of}`, service.mostKvar, 0);
    series(`services.voltage.pricePerKvarh${of}`, service.pricePerKvarh, 0);
  }
}

const devicesOf = (problem: V2gProblem, kind: keyof Providers): readonly { id: string }[] => problem[kind];

function knownDevices(problem: V2gProblem, where: string, providers: Providers, { refuse }: Demands): void {
  for (const kind of ['gas', 'storage', 'aggregators'] as const)
    providers[kind].forEach((id, index) => {
      if (!devicesOf(problem, kind).some((device) => device.id === id))
        refuse(`${where}.${kind} names "${id}", which is not there`);
      if (providers[kind].indexOf(id) < index) refuse(`${where}.${kind} names "${id}" twice`);
    });
  for (const id of providers.aggregators)
    if (problem.coefficients?.losses.some((loss) => loss.kind === 'aggregator' && loss.id === id && loss.share > 0))
      refuse(
        `${where}.aggregators names "${id}", whose chargers may lose efficiency; services are not stated for those`,
      );
}

function validReserve(problem: V2gProblem, reserve: ReserveService, demands: Demands): void {
  const { number, series, refuse } = demands;
  number('services.reserve.durationHours', reserve.durationHours, 0.01, 24);
  number('services.reserve.withinHours', reserve.withinHours, 0);
  if (problem.reserve.shareOfLoad > 0 || problem.reserve.shareOfLoadAt?.some((share) => (share ?? 0) > 0))
    refuse('reserve.shareOfLoad asks for a reserve of the whole site beside those of its control areas; 0 expected');
  reserve.areas.forEach((area, index) => {
    const where = `services.reserve.areas[${index}]`;
    if (reserve.areas.findIndex(({ id }) => id === area.id) < index) refuse(`control area "${area.id}" occurs twice`);
    knownDevices(problem, where, area, demands);
    for (const kind of ['gas', 'storage', 'aggregators'] as const)
      for (const id of area[kind]) {
        const other = reserve.areas.find((one, at) => at < index && one[kind].includes(id));
        if (other) refuse(`${where}.${kind} names "${id}", which belongs to control area "${other.id}" already`);
      }
    series(`${where}.requiredKw`, area.requiredKw, 0);
    series(`${where}.mostKw`, area.mostKw, 0);
    series(`${where}.pricePerKwh`, area.pricePerKwh, 0);
    area.mostKw.forEach((kw, slot) => number(`${where}.mostKw[${slot}]`, kw, area.requiredKw[slot]!));
  });
}

function validRegulation(problem: V2gProblem, regulation: RegulationService, demands: Demands): void {
  const { number, series, refuse } = demands;
  const where = 'services.regulation';
  knownDevices(problem, where, regulation, demands);
  const { windowSlots, netShare, runningHours } = regulation.signals;
  if (!Number.isInteger(windowSlots) || windowSlots < 1) refuse(`${where}.signals.windowSlots is ${windowSlots}`);
  number(`${where}.signals.netShare`, netShare, 0, 1);
  number(`${where}.signals.runningHours`, runningHours, 0.001);
  number(`${where}.withinHours`, regulation.withinHours, 0);
  series(`${where}.mostKw`, regulation.mostKw, 0);
  series(`${where}.capacityPricePerKwh`, regulation.capacityPricePerKwh, 0);
  series(`${where}.mileagePricePerKw`, regulation.mileagePricePerKw, 0);
  number(`${where}.mileagePerHour`, regulation.mileagePerHour, 0);
  number(`${where}.performanceScore`, regulation.performanceScore, 0, 1);
  number(`${where}.throughputShare`, regulation.throughputShare, 0, 1);
}

function validVoltage(problem: V2gProblem, service: VoltageService, { number, refuse }: Demands): void {
  const where = `services.voltage of ${service.id}`;
  for (const { kind, id, ratedKva } of service.converters) {
    number(`${where}: ratedKva of ${id}`, ratedKva, 0);
    if (!problem[kind === 'storage' ? 'storage' : 'aggregators'].some((device) => device.id === id))
      refuse(`${where} names ${kind} "${id}", which is not there`);
    const uses = (problem.services?.voltage ?? []).flatMap(({ converters }) => converters);
    if (uses.filter((one) => one.kind === kind && one.id === id).length > 1)
      refuse(`${where} names ${kind} "${id}", which keeps a range already`);
  }
}

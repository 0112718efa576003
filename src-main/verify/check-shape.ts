/** Whether a schedule speaks of the same day and devices as its problem, with every number present and finite. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { Ledger } from './ledger.ts';

const limit = 'completeness';

export function checkShape(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const same = (quantity: string, value: number, bound: number, unit: string): void =>
    ledger.equal({ limit, subject: 'the schedule', slot: null, quantity, value, bound, unit });
  same('length', schedule.slots, problem.slots, 'slots');
  same('slot length', schedule.slotHours, problem.slotHours, 'h');
  same('protection', schedule.protection, problem.uncertainty.protection, 'components');

  const series = (name: string, values: readonly number[]): void => {
    if (values.length !== problem.slots)
      ledger.refuse(limit, `${name}: ${values.length} values for ${problem.slots} slots`);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) ledger.refuse(limit, `${name}, slot ${bad}: ${values[bad]} is not a number`);
  };
  const devices = <Answer extends { id: string }>(
    kind: string,
    asked: readonly { id: string }[],
    answered: readonly Answer[],
    seriesOf: (answer: Answer) => Record<string, number[]>,
  ): void => {
    const order = (list: readonly { id: string }[]): string => list.map(({ id }) => id).join('\n');
    if (order(asked) !== order(answered))
      ledger.refuse(limit, `${kind}: the schedule lists other devices than the problem`);
    for (const answer of answered)
      for (const [what, values] of Object.entries(seriesOf(answer))) series(`${kind} ${answer.id}, ${what}`, values);
  };
  series('worst deviation', schedule.worstDeviationKw);
  series('share of the EV pool', schedule.evShare);
  const { responseShare, offPlan } = schedule;
  if (schedule.undeliveredKw) series('power set aside for what units may not deliver', schedule.undeliveredKw);
  if (offPlan !== undefined) {
    series('power set aside for cars off plan', offPlan.setAsideKw);
    const cars = { subject: 'the schedule', slot: null, quantity: 'shortfalls off plan', unit: 'rows of cars' };
    ledger.equal({ ...cars, limit, value: offPlan.unmetKwh.length, bound: problem.evs.length });
    if (!offPlan.unmetKwh.every(Number.isFinite)) ledger.refuse(limit, 'a shortfall off plan is not a number');
  }
  if (responseShare !== undefined) {
    const counted = { subject: 'the schedule', slot: null, quantity: 'units with shares', unit: 'units' };
    for (const kind of ['gas', 'storage'] as const) {
      ledger.equal({ ...counted, limit, value: responseShare[kind].length, bound: problem[kind].length });
      responseShare[kind].forEach((own, k) => series(`share of ${kind} ${k + 1}`, own));
    }
  }
  devices('gas unit', problem.gas, schedule.gas, ({ outputKw, on }) => ({ outputKw, on }));
  devices('wind park', problem.wind, schedule.wind, ({ outputKw }) => ({ outputKw }));
  const flows = ({
    chargeKw,
    dischargeKw,
    energyKwh,
  }: {
    chargeKw: number[];
    dischargeKw: number[];
    energyKwh: number[];
  }) => ({
    chargeKw,
    dischargeKw,
    energyKwh,
  });
  devices('storage', problem.storage, schedule.storage, flows);
  devices('truck', problem.trucks?.trucks ?? [], schedule.trucks ?? [], flows);
  devices('rented truck', problem.stays ?? [], schedule.stays ?? [], flows);
  devices('EV', problem.evs, schedule.evs, ({ chargeKw, dischargeKw, energyKwh, unmetKwh, standbyKw }) => ({
    chargeKw,
    dischargeKw,
    energyKwh,
    unmetKwh: new Array<number>(problem.slots).fill(unmetKwh),
    ...(standbyKw === undefined ? {} : { standbyKw }),
  }));
  if ((problem.grid === null) !== (schedule.grid === null))
    ledger.refuse(limit, `grid: ${problem.grid === null ? 'not in the problem' : 'missing from the schedule'}`);
  if (schedule.network) {
    const { reactiveKvar, lossKw, voltagePu } = schedule.network;
    series('network, losses', lossKw);
    reactiveKvar.forEach((values, k) => series(`network, reactive power of converter ${k + 1}`, values));
    same('network voltages', voltagePu.length, problem.slots, 'slots');
  }
  const { services } = schedule;
  if (services) {
    for (const [product, held] of [
      ['regulation', services.regulation],
      ['reserve', services.reserve],
    ] as const)
      if (held)
        for (const [kind, rows] of Object.entries(held) as [string, number[][]][])
          rows.forEach((values, k) => series(`${product}, ${kind} ${k + 1}`, values));
    const offered = services.reserve?.offeredKw.length ?? 0;
    same('control areas', offered, problem.services?.reserve?.areas.length ?? 0, 'areas');
    for (const [product, kinds] of [
      ['regulation', services.regulation],
      ['reserve', services.reserve],
    ] as const)
      if (kinds) {
        same(`gas units with ${product}`, kinds.gasKw.length, problem.gas.length, 'units');
        same(`storage with ${product}`, kinds.storageKw.length, problem.storage.length, 'units');
        same(`EVs with ${product}`, kinds.evKw.length, problem.evs.length, 'EVs');
      }
    services.voltageKvar?.forEach((converters, v) => {
      same('converters', converters.length, problem.services?.voltage?.[v]?.converters.length ?? 0, 'converters');
      converters.forEach((values, k) => series(`reactive range of converter ${k + 1}`, values));
    });
  }
  if (schedule.grid !== null) {
    series('grid, import', schedule.grid.importKw);
    series('grid, export', schedule.grid.exportKw);
  }
}

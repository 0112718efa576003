/**
 * What signals of regulation and calls of reserve move on the feeder in a slot, beside what is scheduled: everybody takes more, or everybody gives more with
 * what a call that began in this slot or one of those before asks for. The two ends of all that may be asked. Shares nothing with the model.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { HeldBy } from '../models/v2g/services/services.ts';
import type { NetworkPlaces } from '../models/v2g/site-network.ts';
import type { NetDemand } from './network-parts.ts';

export interface FeederSignal {
  kind: 'down' | 'up';
  demand: NetDemand;
}

/** Empty where nothing is held in the slot. */
export function feederSignals(
  problem: V2gProblem,
  { services }: V2gSchedule,
  places: NetworkPlaces,
  buses: readonly string[],
  slot: number,
): FeederSignal[] {
  if (!services) return [];
  const { regulation, reserve } = services;
  const atBuses = (): number[] => buses.map(() => 0);
  const add = (mw: number[], held: HeldBy | undefined, at: number, sign: number): void => {
    if (!held || at < 0) return;
    const put = (bus: string, kw: number): void => void (mw[buses.indexOf(bus)]! += (sign * kw) / 1000);
    held.gasKw.forEach((own, k) => put(places.gasBus[k]!, own[at]!));
    held.storageKw.forEach((own, k) => put(places.storageBus[k]!, own[at]!));
    held.evKw.forEach((own, i) => put(places.aggregatorBus[problem.evs[i]!.aggregator]!, own[at]!));
  };
  const signal = (kind: 'down' | 'up', call: number): FeederSignal => {
    const pMw = atBuses();
    add(pMw, regulation, slot, kind === 'down' ? 1 : -1);
    if (kind === 'up') add(pMw, reserve, call, -1);
    return { kind, demand: { pMw, qMvar: atBuses() } };
  };
  const length = Math.ceil((problem.services?.reserve?.durationHours ?? 0) / problem.slotHours - 1e-9);
  const calls = Array.from({ length: Math.max(1, length) }, (_, before) => signal('up', slot - before));
  return [signal('down', -1), ...calls].filter(({ demand }) => demand.pMw.some((mw) => mw !== 0));
}

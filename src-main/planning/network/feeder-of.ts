/** The stored feeder as the models take it: per unit on 1 MVA, closed branches only. */
import type { Feeder } from '../../models/feeder/feeder.ts';
import type { FeederRecord } from './network-ports.ts';

export function feederOf(
  { name, baseKv, network }: Pick<FeederRecord, 'name' | 'baseKv' | 'network'>,
  limits?: { voltageMinPu: number; voltageMaxPu: number },
): Feeder {
  const loads = network.buses.filter(({ id }) => id !== network.slackBus);
  const ohms = baseKv ** 2;
  const capacitors = network.buses.flatMap(({ id, capacitorKvar }) =>
    capacitorKvar ? [{ bus: id, mvar: capacitorKvar / 1000 }] : [],
  );
  return {
    name,
    slackBus: network.slackBus,
    slackVoltagePu: network.slackVoltagePu,
    voltageMinPu: limits?.voltageMinPu ?? Math.max(...loads.map(({ voltageMinPu }) => voltageMinPu)),
    voltageMaxPu: limits?.voltageMaxPu ?? Math.min(...loads.map(({ voltageMaxPu }) => voltageMaxPu)),
    ...(capacitors.length > 0 ? { capacitors } : {}),
    branches: network.branches
      .filter(({ state }) => state === 'closed')
      .map(({ from, to, rOhm, xOhm, limitMva }) => ({ from, to, rPu: rOhm / ohms, xPu: xOhm / ohms, limitMva })),
  };
}

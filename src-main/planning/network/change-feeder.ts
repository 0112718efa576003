/** The feeder with what an operator has turned: the tap of the substation, limits of buses and branches, capacitors. */
import { Refusal } from '../../base/errors.ts';
import type { Feeder } from '../../models/feeder/feeder.ts';
import type { NetworkChanges } from '../site.ts';

/** @throws Refusal `bad-site` for a bus or branch the feeder does not have; what is impossible is refused by `feederTree`. */
export function withChanges(feeder: Feeder, changes: NetworkChanges): Feeder {
  const { slackVoltagePu, busLimits = [], lineLimits = [], capacitors = [] } = changes;
  const known = new Set(feeder.branches.flatMap(({ from, to }) => [from, to]));
  const refuse = (path: string, what: string): never => {
    throw new Refusal('bad-site', {
      path: `network.changes.${path}`,
      problem: `names ${what}, which the feeder ${feeder.name} does not have`,
    });
  };
  for (const [list, named] of [
    ['busLimits', busLimits],
    ['capacitors', capacitors],
  ] as const)
    // prettier-ignore
    named.forEach(({ bus }, index) => {
      if (!known.has(bus)) refuse(`${list}[${index}].bus`, `bus ${bus}`);
    });
  const branches = [...feeder.branches];
  lineLimits.forEach(({ from, to, limitMva }, index) => {
    const at = branches.findIndex(
      (branch) => (branch.from === from && branch.to === to) || (branch.from === to && branch.to === from),
    );
    if (at < 0) refuse(`lineLimits[${index}]`, `branch ${from}–${to}`);
    branches[at] = { ...branches[at]!, limitMva };
  });
  // One at a bus is in place of what the file has there; 0 takes it away.
  const all = [
    ...(feeder.capacitors ?? []).filter(({ bus }) => !capacitors.some((one) => one.bus === bus)),
    ...capacitors.filter(({ kvar }) => kvar > 0).map(({ bus, kvar }) => ({ bus, mvar: kvar / 1000 })),
  ];
  return {
    ...feeder,
    branches,
    slackVoltagePu: slackVoltagePu ?? feeder.slackVoltagePu,
    ...(busLimits.length > 0 ? { busLimits } : {}),
    ...(capacitors.length > 0 ? { capacitors: all } : {}),
  };
}

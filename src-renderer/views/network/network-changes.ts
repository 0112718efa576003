/** Settings of a feeder put into words, and one of them replaced. */
import type { NetworkChangesPayload } from '../../../src-main/contract/network-changes.ts';
import type { NetworkPayload } from '../../../src-main/contract/network.ts';
import { formatQuantity } from '../../components/format-number.ts';

type Changes = NetworkChangesPayload;

/** One setting in words, and the settings without it. */
export interface ChangeWords {
  key: string;
  words: string;
  without: Changes;
}

export function listChanges(changes: Changes): ChangeWords[] {
  const { slackVoltagePu, busLimits = [], lineLimits = [], capacitors = [] } = changes;
  const { slackVoltagePu: _, ...untapped } = changes;
  return [
    ...(slackVoltagePu === undefined
      ? []
      : [{ key: 'tap', words: `substation at ${formatQuantity(slackVoltagePu, 'pu')}`, without: untapped }]),
    ...capacitors.map(({ bus, kvar }) => ({
      key: `capacitor ${bus}`,
      words: kvar > 0 ? `capacitor of ${formatQuantity(kvar, 'kvar')} at bus ${bus}` : `no capacitor at bus ${bus}`,
      without: withCapacitor(changes, bus, 'as in the file'),
    })),
    ...busLimits.map(({ bus, voltageMinPu, voltageMaxPu }) => ({
      key: `bus ${bus}`,
      words: `bus ${bus} between ${formatQuantity(voltageMinPu, 'pu')} and ${formatQuantity(voltageMaxPu, 'pu')}`,
      without: withBusLimit(changes, bus, null),
    })),
    ...lineLimits.map(({ from, to, limitMva }) => ({
      key: `branch ${from} ${to}`,
      words: `branch ${from}–${to} ${limitMva === null ? 'without a limit' : `at most ${formatQuantity(limitMva, 'MVA')}`}`,
      without: withLineLimit(changes, from, to, 'as in the file'),
    })),
  ];
}

export const withTap = (changes: Changes, slackVoltagePu: number): Changes => ({ ...changes, slackVoltagePu });

/** 0 kvar takes away what the file has there. */
export function withCapacitor(changes: Changes, bus: string, kvar: number | 'as in the file'): Changes {
  const others = (changes.capacitors ?? []).filter((one) => one.bus !== bus);
  return whole({ ...changes, capacitors: kvar === 'as in the file' ? others : [...others, { bus, kvar }] });
}

/** Null: the limits of all buses. */
export function withBusLimit(
  changes: Changes,
  bus: string,
  limits: { voltageMinPu: number; voltageMaxPu: number } | null,
): Changes {
  const others = (changes.busLimits ?? []).filter((one) => one.bus !== bus);
  return whole({ ...changes, busLimits: limits ? [...others, { bus, ...limits }] : others });
}

export function withLineLimit(
  changes: Changes,
  from: string,
  to: string,
  limitMva: number | null | 'as in the file',
): Changes {
  const others = (changes.lineLimits ?? []).filter(
    (one) => !(one.from === from && one.to === to) && !(one.from === to && one.to === from),
  );
  return whole({
    ...changes,
    lineLimits: limitMva === 'as in the file' ? others : [...others, { from, to, limitMva }],
  });
}

/** Without empty lists: nothing changed is nothing said. */
function whole({ busLimits = [], lineLimits = [], capacitors = [], ...rest }: Changes): Changes {
  return {
    ...rest,
    ...(busLimits.length > 0 ? { busLimits } : {}),
    ...(lineLimits.length > 0 ? { lineLimits } : {}),
    ...(capacitors.length > 0 ? { capacitors } : {}),
  };
}

/** The lowest and highest voltage of any bus at worst over the day, and what is lost over it. */
export function extremesOf(view: NetworkPayload): { lowestPu: number; highestPu: number; lossKwh: number } {
  const ends = { lowestPu: Infinity, highestPu: -Infinity };
  const count = view.feeder.buses.length;
  for (let at = 0; at < view.lowestPu.length; at++) {
    if (at % count === 0) continue;
    ends.lowestPu = Math.min(ends.lowestPu, view.lowestPu[at]!);
    ends.highestPu = Math.max(ends.highestPu, view.highestPu[at]!);
  }
  const hours = view.horizon.slotMinutes / 60;
  return { ...ends, lossKwh: view.lossKw.reduce((sum, kw) => sum + (kw || 0), 0) * hours };
}

/** A demand on routes or rents in an operator's words. */
import type { RoadsGeometryPayload } from '../../../../src-main/contract/roads.ts';
import type { SmsOverridePayload } from '../../../../src-main/contract/sms-overrides.ts';
import { endLabel } from '../../../charts/slot-axis.ts';
import { closureWords } from './closures.ts';
import { rentWords } from '../map-layers.ts';
import type { RoutedDay } from '../routed-day.ts';

export interface DemandView {
  subject: string;
  what: string;
  when: string;
}

/** @param roads of the plan, to name what is closed; null while they are not read */
export function demandView(
  plan: RoutedDay,
  roads: RoadsGeometryPayload | null,
  demand: SmsOverridePayload,
): DemandView {
  const nameIn = (list: readonly { id: string; name: string }[], id: string): string =>
    list.find((one) => one.id === id)?.name ?? id;
  const { horizon, trucks, terminals, grids, currency } = plan;
  const edge = (slot: number): string => horizon.labels[slot] ?? endLabel(horizon);
  const when = 'fromSlot' in demand ? `${edge(demand.fromSlot)}–${edge(demand.untilSlot)}` : 'all day';
  switch (demand.kind) {
    case 'pin':
      return { subject: nameIn(trucks, demand.truck), what: `stands at ${nameIn(terminals, demand.terminal)}`, when };
    case 'forbid-station': {
      const subject = demand.truck === null ? 'Every truck' : nameIn(trucks, demand.truck);
      return { subject, what: `keeps away from ${nameIn(terminals, demand.terminal)}`, when };
    }
    case 'forbid-truck':
      return { subject: nameIn(trucks, demand.truck), what: 'does not work', when };
    case 'close-road':
      return { subject: 'Every truck', what: `avoids ${closureWords(roads, demand)}`, when };
    case 'cap-price':
      return {
        subject: nameIn(grids, demand.grid),
        what: `pays at most ${rentWords(demand.rentPerKwh, currency)}`,
        when,
      };
    case 'fix-price':
      return {
        subject: nameIn(grids, demand.grid),
        what: `pays exactly ${rentWords(demand.rentPerKwh, currency)}`,
        when,
      };
    case 'reserve-truck':
      return { subject: nameIn(trucks, demand.truck), what: `works only for ${nameIn(grids, demand.grid)}`, when };
  }
}

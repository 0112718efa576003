/** A stretch of road in words: what it is called, what it is, how long it is and how long it takes now. */
import type { RoadsGeometryPayload } from '../../../src-main/contract/roads.ts';
import type { SmsTrafficPayload } from '../../../src-main/contract/sms.ts';
import { formatQuantity } from '../../components/format-number.ts';
import { periodAt } from './map-layers.ts';

export const roadName = (roads: RoadsGeometryPayload, link: number): string =>
  roads.names[roads.linkName[link]!] || 'Road without a name';

export function linkWords(
  roads: RoadsGeometryPayload,
  traffic: SmsTrafficPayload | null,
  link: number,
  minute: number,
): string {
  const kind = roads.classes[roads.linkClass[link]!] || 'of unknown kind';
  const minutes =
    traffic === null
      ? roads.freeFlowMinutes[link]!
      : traffic.linkMinutes[link * traffic.periods + periodAt(minute, traffic.periods)]!;
  return `${roadName(roads, link)}, ${kind}, ${formatQuantity(roads.lengthKm[link]!, 'km', 3)}, ${formatQuantity(minutes, 'min', 3)}`;
}

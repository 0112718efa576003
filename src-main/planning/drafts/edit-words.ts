/** Edits as sentences: "Gas block 1, 17:00–20:00: greatest output 1,200 kW". */
import { slotLabel, type Horizon } from '../../base/horizon.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { editableResources, findEditable, type EditUnit } from './edit-fields.ts';
import { idOf, isRouteEdit, type PlanEdit, type RouteEdit } from './plan-edit.ts';

/** Wall-clock span from the start of one slot to the end of another. */
export type SpanName = (fromSlot: number, toSlot: number) => string;

export const plainSpan: SpanName = (fromSlot, toSlot) => `slots ${fromSlot} to ${toSlot}`;
export const clockSpan =
  (horizon: Horizon): SpanName =>
  (fromSlot, toSlot) =>
    `${slotLabel(horizon, fromSlot)}–${toSlot + 1 >= horizon.slots ? '24:00' : slotLabel(horizon, toSlot + 1)}`;

export function valueWords(value: number, unit: EditUnit): string {
  const written = (number: number, digits: number): string =>
    number.toLocaleString('en-US', { maximumFractionDigits: digits });
  switch (unit) {
    case 'share':
      return `${written(100 * value, 1)} %`;
    case 'components':
      return written(value, 2);
    case 'none':
      return '';
    default:
      return `${written(value, 1)} ${unit}`;
  }
}

export function describeEdit(problem: V2gProblem, edit: PlanEdit, span: SpanName = plainSpan): string {
  if (isRouteEdit(edit)) return describeRouteEdit(problem, edit, span);
  const found = findEditable(editableResources(problem), edit.field, idOf(edit));
  if (!found) return edit.field;
  const when = 'fromSlot' in edit ? `, ${span(edit.fromSlot, edit.toSlot)}` : '';
  const label = found.field.label.charAt(0).toLowerCase() + found.field.label.slice(1);
  const what = 'value' in edit ? `${label} ${valueWords(edit.value, found.field.unit)}` : label;
  return `${found.resource.name}${when}: ${what}`;
}

/** "Truck 1, 18:00–22:00: stands at Encamp". */
function describeRouteEdit({ trucks: fleet }: V2gProblem, edit: RouteEdit, span: SpanName): string {
  const nameIn = (list: readonly { id: string; name: string }[], id: string): string =>
    list.find((one) => one.id === id)?.name ?? id;
  const places = fleet?.places ?? [];
  const who = 'id' in edit && edit.id !== null ? nameIn(fleet?.trucks ?? [], edit.id) : 'Every truck';
  const when = 'fromSlot' in edit ? `, ${span(edit.fromSlot, edit.toSlot)}` : '';
  switch (edit.field) {
    case 'truck.pin':
      return `${who}${when}: stands at ${nameIn(places, edit.place)}`;
    case 'truck.keepAway':
      return `${who}${when}: keeps away from ${nameIn(places, edit.place)}`;
    case 'truck.outOfService':
      return `${who}: does not work`;
    case 'truck.reserve': {
      const grids = places.flatMap(({ grid }) => (grid ? [grid] : []));
      return `${who}${when}: works only for ${nameIn(grids, edit.grid)}`;
    }
    case 'roads.close':
      return `${who}: avoids ${edit.links.length === 1 ? 'one link' : `${edit.links.length} links`} of road`;
  }
}

/** Edits as sentences: "Gas block 1, 17:00–20:00: greatest output 1,200 kW". */
import { slotLabel, type Horizon } from '../../base/horizon.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { editableResources, findEditable, type EditUnit } from './edit-fields.ts';
import { idOf, type PlanEdit } from './plan-edit.ts';

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
  const found = findEditable(editableResources(problem), edit.field, idOf(edit));
  if (!found) return edit.field;
  const when = 'fromSlot' in edit ? `, ${span(edit.fromSlot, edit.toSlot)}` : '';
  const label = found.field.label.charAt(0).toLowerCase() + found.field.label.slice(1);
  const what = 'value' in edit ? `${label} ${valueWords(edit.value, found.field.unit)}` : label;
  return `${found.resource.name}${when}: ${what}`;
}

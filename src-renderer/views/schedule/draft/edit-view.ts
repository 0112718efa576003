/** Edits as the what-if panel and the charts show them: device, number, value in its unit, and where on the time axis. */
import type { EditableResourcePayload } from '../../../../src-main/contract/drafts.ts';
import type { PlanEditPayload } from '../../../../src-main/contract/plan-edit.ts';
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
import type { SlotMark } from '../../../charts/SlotMarks.svelte';
import { rangeSpan } from '../../../charts/slot-axis.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { routeWords, type RouteNames } from './route-words.ts';

export type EditableField = EditableResourcePayload['fields'][number];

export interface EditView {
  resource: string;
  label: string;
  when: string;
  /** In `unit`; null for an edit that takes none. */
  value: number | null;
  own: number | null;
  unit: string;
}

const idOf = (edit: PlanEditPayload): string | null => ('id' in edit ? edit.id : null);

/** Shares are typed and shown in percent. */
export const shownUnit = ({ unit }: EditableField): string =>
  unit === 'share' ? '%' : unit === 'kW' || unit === 'kWh' ? unit : '';
export const factorOf = ({ unit }: EditableField): number => (unit === 'share' ? 100 : 1);

export function fieldOf(
  resources: readonly EditableResourcePayload[],
  edit: PlanEditPayload,
): { resource: EditableResourcePayload; field: EditableField } | null {
  const resource = resources.find(
    (candidate) => candidate.id === idOf(edit) && candidate.fields.some(({ field }) => field === edit.field),
  );
  const field = resource?.fields.find((candidate) => candidate.field === edit.field);
  return resource && field ? { resource, field } : null;
}

export function editView(
  resources: readonly EditableResourcePayload[],
  edit: PlanEditPayload,
  horizon: PlanPayload['horizon'],
  names: RouteNames = { trucks: [], terminals: [], grids: [] },
): EditView {
  const route = routeWords(edit, names);
  const found = fieldOf(resources, edit);
  const when = 'fromSlot' in edit ? rangeSpan(horizon, edit.fromSlot, edit.toSlot) : 'whole day';
  if (route) return { ...route, when, value: null, own: null, unit: '' };
  if (!found) return { resource: idOf(edit) ?? '', label: edit.field, when, value: null, own: null, unit: '' };
  const { resource, field } = found;
  const factor = factorOf(field);
  return {
    resource: resource.name,
    label: field.label,
    when,
    value: 'value' in edit ? edit.value * factor : null,
    own: field.own === null ? null : field.own * factor,
    unit: shownUnit(field),
  };
}

const words = ({ resource, label, value, unit, when }: EditView): string =>
  `${resource}: ${label}${value === null ? '' : ` ${formatQuantity(value, unit, 'set')}`}, ${when}`;

/** Which chart an edit belongs to. */
const chartOf = (edit: PlanEditPayload): 'aggregators' | 'storage' | 'dispatch' => {
  const family = edit.field.split('.')[0];
  return family === 'aggregator' ? 'aggregators' : family === 'storage' ? 'storage' : 'dispatch';
};

/** Changed inputs on the time axis of each chart. */
export function draftMarks(
  resources: readonly EditableResourcePayload[],
  edits: readonly PlanEditPayload[],
  horizon: PlanPayload['horizon'],
): Record<'dispatch' | 'aggregators' | 'storage', SlotMark[]> {
  const marks = { dispatch: [] as SlotMark[], aggregators: [] as SlotMark[], storage: [] as SlotMark[] };
  // Where a truck stands is no number of a chart.
  for (const edit of edits.filter(({ field }) => !field.startsWith('truck.') && field !== 'roads.close'))
    marks[chartOf(edit)].push({
      id: idOf(edit),
      label: words(editView(resources, edit, horizon)),
      fromSlot: 'fromSlot' in edit ? edit.fromSlot : 0,
      toSlot: 'toSlot' in edit ? edit.toSlot : horizon.slots - 1,
    });
  return marks;
}

/**
 * A problem with what-if edits. Pure: the same problem and edits give the same problem; without edits it is returned as it is.
 *
 * Of several edits of one number, the last one given holds in the slots they share; edits of different numbers, or of different slots,
 * may come in any order. Roads that are closed have gone into the travel times before.
 */
import { Refusal } from '../../base/errors.ts';
import type { SlotValues, V2gProblem } from '../../models/v2g/problem.ts';
import { valueAt } from '../../models/v2g/slot-values.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { atProtection } from '../plan/at-protection.ts';
import { applyDepartures } from './apply-departures.ts';
import { editableResources, findEditable, type EditableField } from './edit-fields.ts';
import { plainSpan, valueWords, type SpanName } from './edit-words.ts';
import { idOf, isNumberEdit, rangeOf, type EditField, type NumberEdit, type PlanEdit } from './plan-edit.ts';
import { applyRouteEdits } from './route-edits.ts';

/** @throws Refusal `not-found` for a device that is not there, `bad-request` for slots beyond the day, `out-of-range` for a value, and as `applyRouteEdits`. */
export function applyEdits(given: V2gProblem, all: readonly PlanEdit[], span: SpanName = plainSpan): V2gProblem {
  const problem = applyRouteEdits(given, all, span);
  const edits = all.filter(isNumberEdit);
  if (edits.length === 0) return problem;
  for (const edit of edits) requireAllowed(problem, edit, span);
  const over = (own: SlotValues | undefined, id: string | null, ...fields: EditField[]): SlotValues | undefined =>
    overlay(problem.slots, own, edits, id, fields);
  const set = <Key extends string>(key: Key, values: SlotValues | undefined) =>
    (values === undefined ? {} : { [key]: values }) as Partial<Record<Key, SlotValues>>;
  const { grid, reserve } = problem;
  const protection = edits.findLast((edit) => edit.field === 'protection')?.value ?? problem.uncertainty.protection;
  const wind = problem.wind.map((park) => {
    const most = over(undefined, park.id, 'wind.maxKw');
    const availableKw =
      most === undefined ? park.availableKw : park.availableKw.map((kw, slot) => Math.min(kw, most[slot] ?? kw));
    return { ...park, availableKw, ...set('pinnedKw', over(park.pinnedKw, park.id, 'wind.pinKw')) };
  });
  const edited: V2gProblem = {
    ...problem,
    wind,
    gas: problem.gas.map((unit) => ({
      ...unit,
      ...set('maxKwAt', over(unit.maxKwAt, unit.id, 'gas.maxKw', 'gas.outOfService')),
      ...set('leastKwAt', over(unit.leastKwAt, unit.id, 'gas.minKw')),
      ...set('pinnedKw', over(unit.pinnedKw, unit.id, 'gas.pinKw')),
    })),
    storage: problem.storage.map((unit) => ({
      ...unit,
      ...set('chargeKwAt', over(unit.chargeKwAt, unit.id, 'storage.chargeKw')),
      ...set('dischargeKwAt', over(unit.dischargeKwAt, unit.id, 'storage.dischargeKw')),
      ...set('minKwhAt', over(unit.minKwhAt, unit.id, 'storage.minKwh')),
      ...set('maxKwhAt', over(unit.maxKwhAt, unit.id, 'storage.maxKwh')),
      ...set('pinnedKw', over(unit.pinnedKw, unit.id, 'storage.pinKw')),
    })),
    aggregators: problem.aggregators.map((aggregator) => ({
      ...aggregator,
      ...set('chargeLimitKwAt', over(aggregator.chargeLimitKwAt, aggregator.id, 'aggregator.chargeKw')),
      ...set('dischargeLimitKwAt', over(aggregator.dischargeLimitKwAt, aggregator.id, 'aggregator.dischargeKw')),
    })),
    evs: applyDepartures(problem, edits),
    grid: grid && {
      ...grid,
      ...set('importLimitKwAt', over(grid.importLimitKwAt, null, 'grid.importKw')),
      ...set('exportLimitKwAt', over(grid.exportLimitKwAt, null, 'grid.exportKw')),
    },
    reserve: { ...reserve, ...set('shareOfLoadAt', over(reserve.shareOfLoadAt, null, 'reserve.share')) },
    uncertainty: cutWind(problem, wind),
  };
  requireConsistent(edited, span);
  return atProtection(edited, protection);
}

/** The values of single slots with those of the edits of these fields laid over them; undefined where there is nothing to say. */
function overlay(
  slots: number,
  own: SlotValues | undefined,
  edits: readonly NumberEdit[],
  id: string | null,
  fields: readonly EditField[],
): SlotValues | undefined {
  const mine = edits.filter((edit) => fields.includes(edit.field) && idOf(edit) === id);
  if (mine.length === 0) return own;
  const values: SlotValues = own ? [...own] : new Array<null>(slots).fill(null);
  for (const edit of mine) {
    const { fromSlot, toSlot } = rangeOf(edit, slots);
    values.fill('value' in edit ? edit.value : 0, fromSlot, toSlot + 1);
  }
  return values;
}

/**
 * Wind cannot fall short by more than the plan may count on: the rule of build-problem.ts, for the limited parks. Sets stated by half-widths or days are cut likewise; the others
 * stay as they are, which is on the safe side.
 */
function cutWind(
  { uncertainty, wind: before, loadKw }: V2gProblem,
  wind: V2gProblem['wind'],
): V2gProblem['uncertainty'] {
  if (wind.every((park, k) => park.availableKw === before[k]!.availableKw)) return uncertainty;
  const availableKw = loadKw.map((_, slot) => wind.reduce((sum, park) => sum + park.availableKw[slot]!, 0));
  const isWind = uncertainty.components.map(({ kind }) => kind === 'wind');
  const cut = (kw: number, component: number, slot: number): number =>
    isWind[component] ? Math.min(kw, availableKw[slot]!) : kw;
  const cutDay = (day: readonly number[]): number[] =>
    day.map((kw, j) => cut(kw, Math.floor(j / loadKw.length), j % loadKw.length));
  const { set } = uncertainty;
  return {
    ...uncertainty,
    components: uncertainty.components.map((component, l) => ({
      ...component,
      halfWidthKw: component.halfWidthKw.map((kw, slot) => cut(kw, l, slot)),
    })),
    ...(set ? { set: cutSet(set, cutDay) } : {}),
  };
}

function cutSet(set: UncertaintySet, cutDay: (day: readonly number[]) => number[]): UncertaintySet {
  if ('halfWidths' in set) return { ...set, halfWidths: cutDay(set.halfWidths) };
  if ('points' in set) return { ...set, points: set.points.map(cutDay) };
  return set;
}

function requireAllowed(problem: V2gProblem, edit: NumberEdit, span: SpanName): void {
  const id = idOf(edit);
  const found = findEditable(editableResources(problem), edit.field, id);
  if (!found) throw new Refusal('not-found', { what: `number ${edit.field} to edit`, id: id ?? edit.field });
  const { fromSlot, toSlot } = rangeOf(edit, problem.slots);
  const isSlot = (slot: number): boolean => Number.isInteger(slot) && slot >= 0 && slot < problem.slots;
  if (!isSlot(fromSlot) || !isSlot(toSlot) || fromSlot > toSlot)
    throw new Refusal('bad-request', {
      call: edit.field,
      problem: `slots ${fromSlot} to ${toSlot} are not a range within the day's 0 to ${problem.slots - 1}`,
    });
  if (!('value' in edit)) return;
  const { field, resource } = found;
  const outside = !Number.isFinite(edit.value) || edit.value < field.least || edit.value > (field.most ?? Infinity);
  if (outside) refuse(`${resource.name}: ${field.label.toLowerCase()}`, edit.value, field, rangeWords(field));
  if (edit.field === 'gas.pinKw' || edit.field === 'gas.maxKw') {
    const minKw = problem.gas.find((unit) => unit.id === id)!.minKw;
    const when = span(fromSlot, toSlot);
    // Between 0 and its minimum a unit cannot run at all.
    if (edit.value > 0 && edit.value < minKw)
      refuse(
        `${resource.name}, ${when}: ${field.label.toLowerCase()}`,
        edit.value,
        field,
        `0, or from its minimum of ${valueWords(minKw, 'kW')} to ${valueWords(field.most ?? Infinity, 'kW')}`,
      );
  }
}

function rangeWords({ least, most, unit }: EditableField): string {
  return most === null
    ? `at least ${valueWords(least, unit)}`
    : `from ${valueWords(least, unit)} to ${valueWords(most, unit)}`;
}

function refuse(what: string, value: number, { unit }: Pick<EditableField, 'unit'>, range: string): never {
  throw new Refusal('out-of-range', { what, value: valueWords(value, unit), range });
}

/** Limits of one device must leave it a value: what is demanded or held lies within what it can give in the slot. */
function requireConsistent(problem: V2gProblem, span: SpanName): void {
  const within = (
    what: string,
    values: SlotValues | undefined,
    unit: 'kW' | 'kWh',
    range: (slot: number) => [least: number, most: number],
  ): void =>
    values?.forEach((value, slot) => {
      const [least, most] = range(slot);
      if (value !== null && (value < least || value > most))
        refuse(
          `${what}, ${span(slot, slot)}:`.slice(0, -1),
          value,
          { unit },
          `from ${valueWords(least, unit)} to ${valueWords(most, unit)} there`,
        );
    });
  for (const unit of problem.gas) {
    const most = (slot: number): number => valueAt(unit.maxKwAt, slot, unit.maxKw);
    within(`${unit.name}: least output`, unit.leastKwAt, 'kW', (slot) => [0, most(slot)]);
    within(`${unit.name}: output held`, unit.pinnedKw, 'kW', (slot) => [valueAt(unit.leastKwAt, slot, 0), most(slot)]);
  }
  for (const park of problem.wind)
    within(`${park.name}: output held`, park.pinnedKw, 'kW', (slot) => [0, park.availableKw[slot]!]);
  for (const unit of problem.storage) {
    within(`${unit.name}: least energy`, unit.minKwhAt, 'kWh', (slot) => [
      unit.minKwh,
      valueAt(unit.maxKwhAt, slot, unit.maxKwh),
    ]);
    within(`${unit.name}: most energy`, unit.maxKwhAt, 'kWh', (slot) => [
      valueAt(unit.minKwhAt, slot, unit.minKwh),
      unit.maxKwh,
    ]);
    within(`${unit.name}: power held`, unit.pinnedKw, 'kW', (slot) => [
      -valueAt(unit.chargeKwAt, slot, unit.chargeKw),
      valueAt(unit.dischargeKwAt, slot, unit.dischargeKw),
    ]);
  }
}

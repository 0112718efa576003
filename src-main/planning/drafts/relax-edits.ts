/**
 * A what-if without a plan: which single number would have to give way, and by how little. First the numbers the operator typed, then
 * those of the site that take part in the conflict.
 */
import { Refusal } from '../../base/errors.ts';
import { readName } from '../../models/v2g/names.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { applyEdits } from './apply-edits.ts';
import { editableResources, findEditable, type EditableField, type EditUnit } from './edit-fields.ts';
import { valueWords, type SpanName } from './edit-words.ts';
import { leastChange } from './least-change.ts';
import { idOf, isRouteEdit, rangeOf, type EditField, type NumberEdit, type PlanEdit } from './plan-edit.ts';

export interface Relaxation {
  /** Index of the edit it takes the place of; null: it comes on top. */
  replaces: number | null;
  edit: NumberEdit;
  /** "Lower Airport's charge at departure to 71 %, 06:00–09:00." */
  sentence: string;
}

interface Candidate {
  replaces: number | null;
  from: number;
  to: number;
  /** Where a straight path to `to` can begin. */
  pathFrom: number;
  field: EditableField;
  name: string;
  editAt: (value: number) => NumberEdit;
}

export interface RelaxTools {
  solver: Solver;
  options: SolveOptions;
  span: SpanName;
  onProgress?: (done: number, of: number) => void;
}

const mostCandidates = 8;
const mostRelaxations = 4;
const steps: Record<EditUnit, number> = { kW: 1, kWh: 1, share: 0.01, components: 0.05, none: 1 };

/** @param conflict names of rows and bounds that cannot hold together; when empty, everything is held possible. */
export async function relaxEdits(
  asked: V2gProblem,
  edits: readonly PlanEdit[],
  conflict: readonly string[],
  { solver, options, span, onProgress }: RelaxTools,
): Promise<Relaxation[]> {
  // By rows alone, so that a straight path can lead there.
  const problem: V2gProblem = asked.network
    ? { ...asked, network: { ...asked.network, lineCircle: 'polygon' } }
    : asked;
  const all = [...ofEdits(problem, edits), ...ofSite(problem, edits, conflict)].slice(0, mostCandidates);
  let done = 0;
  const tried = await Promise.all(
    all.map(async (candidate) => {
      const relaxation = await relaxOne(problem, edits, candidate, { solver, options, span });
      onProgress?.(++done, all.length);
      return relaxation;
    }),
  );
  return tried.filter((relaxation) => relaxation !== null).slice(0, mostRelaxations);
}

async function relaxOne(
  problem: V2gProblem,
  edits: readonly PlanEdit[],
  { replaces, from, to, pathFrom, field, name, editAt }: Candidate,
  { solver, options, span }: RelaxTools,
): Promise<Relaxation | null> {
  const editsAt = (value: number): PlanEdit[] =>
    replaces === null ? [...edits, editAt(value)] : edits.map((edit, at) => (at === replaces ? editAt(value) : edit));
  const problemAt = (value: number): V2gProblem | null => possible(() => applyEdits(problem, editsAt(value), span));
  const value = await leastChange({ problemAt, from, to, pathFrom, step: steps[field.unit] }, solver, options);
  if (value === null) return null;
  const edit = editAt(value);
  return { replaces, edit, sentence: sentenceOf({ field, name, from }, value, edit, span) };
}

/** A value that another edit rules out is no way out. */
function possible(make: () => V2gProblem): V2gProblem | null {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof Refusal) return null;
    throw thrown;
  }
}

function ofEdits(problem: V2gProblem, edits: readonly PlanEdit[]): Candidate[] {
  const resources = editableResources(problem);
  return edits.flatMap((edit, replaces): Candidate[] => {
    if (isRouteEdit(edit)) return [];
    // A unit out of service gives way by being allowed some output.
    const name: EditField = edit.field === 'gas.outOfService' ? 'gas.maxKw' : edit.field;
    const found = findEditable(resources, name, idOf(edit));
    if (!found) return [];
    const from = 'value' in edit ? edit.value : 0;
    const { field, resource } = found;
    const most = field.most ?? from + 2 * Math.max(...problem.loadKw);
    const ends = laxEnds(name, field, most).filter((to) => to !== from);
    const editAt = (value: number): NumberEdit => ({ ...edit, field: name, value }) as NumberEdit;
    // Below its least output a unit is off: no straight path leads from there.
    const minKw = problem.gas.find(({ id }) => id === idOf(edit))?.minKw ?? 0;
    const pathFrom = name === 'gas.maxKw' && from === 0 ? Math.max(1, minKw) : from;
    return ends.map((to) => ({ replaces, from, to, pathFrom, field, name: resource.name, editAt }));
  });
}

/** Where a number is as lax as can be; a held one can give way both ways. */
function laxEnds(name: EditField, field: EditableField, most: number): number[] {
  switch (name) {
    case 'gas.minKw':
    case 'storage.minKwh':
    case 'aggregator.departureShare':
    case 'aggregator.departureKwh':
    case 'reserve.share':
    case 'protection':
      return [field.least];
    case 'gas.pinKw':
    case 'wind.pinKw':
    case 'storage.pinKw':
      return [field.least, most];
    default:
      return [most];
  }
}

function ofSite(problem: V2gProblem, edits: readonly PlanEdit[], conflict: readonly string[]): Candidate[] {
  const parts = conflict.map((name) => readName(name.replace(/^bound of /, ''))).filter((part) => part !== null);
  const takesPart = (kind: string): boolean => parts.length === 0 || parts.some((part) => part.kind === kind);
  const slots = parts.flatMap(({ slot }) => (slot === null ? [] : [slot]));
  const range = {
    fromSlot: slots.length > 0 ? Math.min(...slots) : 0,
    toSlot: slots.length > 0 ? Math.max(...slots) : problem.slots - 1,
  };
  const isEdited = (field: EditField, id: string | null): boolean =>
    edits.some((edit) => edit.field === field && idOf(edit) === id);
  const resources = editableResources(problem);
  const candidate = (field: EditField, id: string | null, to: (field: EditableField) => number): Candidate[] => {
    const found = isEdited(field, id) ? null : findEditable(resources, field, id);
    const from = found?.field.own ?? null;
    if (!found || from === null || to(found.field) === from) return [];
    const editAt = (value: number): NumberEdit =>
      (field === 'protection'
        ? { field, value }
        : id === null
          ? { field, value, ...range }
          : { field, id, value, ...wholeDay(problem) }) as NumberEdit;
    return [
      {
        replaces: null,
        from,
        to: to(found.field),
        pathFrom: from,
        field: found.field,
        name: found.resource.name,
        editAt,
      },
    ];
  };
  const late = problem.aggregators.filter((_, index) =>
    problem.evs.some(
      (ev) =>
        ev.aggregator === index &&
        (parts.length === 0 || parts.some((part) => part.kind === 'ev' && part.id === ev.id)),
    ),
  );
  const hard = problem.unmetPerKwh === null ? late : [];
  return [
    ...hard.flatMap(({ id }) => candidate('aggregator.departureShare', id, () => 0)),
    ...(takesPart('reserve') ? candidate('reserve.share', null, () => 0) : []),
    ...(takesPart('balance') || takesPart('pool') ? candidate('protection', null, () => 0) : []),
    ...(takesPart('balance')
      ? candidate('grid.importKw', null, ({ own }) => (own ?? 0) + 2 * Math.max(...problem.loadKw))
      : []),
  ];
}

const wholeDay = ({ slots }: V2gProblem): { fromSlot: number; toSlot: number } => ({ fromSlot: 0, toSlot: slots - 1 });

function sentenceOf(
  { field, name, from }: Pick<Candidate, 'field' | 'name' | 'from'>,
  value: number,
  edit: NumberEdit,
  span: SpanName,
): string {
  const label = field.label.charAt(0).toLowerCase() + field.label.slice(1);
  const { fromSlot, toSlot } = rangeOf(edit, 0);
  const when = 'fromSlot' in edit ? `, ${span(fromSlot, toSlot)}` : '';
  const verb = value > from ? 'Raise' : 'Lower';
  return `${verb} ${name}: ${label} to ${valueWords(value, field.unit)} (now ${valueWords(from, field.unit)})${when}.`;
}

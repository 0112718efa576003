/** `--edit` as typed: "gas-1.maxKw=1200@17:00-20:00", "campus.departureShare=71%@06:00-09:00", "gas-1.outOfService", "protection=4". */
import { planEdit, type PlanEditPayload } from '../../contract/plan-edit.ts';
import type { EditableResourcePayload } from '../../contract/drafts.ts';
import { wrongUsage } from './command.ts';

export interface EditableDay {
  resources: readonly EditableResourcePayload[];
  /** Wall-clock start of each slot. */
  labels: readonly string[];
}

/** @throws Refusal `usage` saying what is wrong with it, and what could stand there */
export function readEdit(text: string, { resources, labels }: EditableDay): PlanEditPayload {
  const parts = /^([^=@]+?)(?:=([^@]+))?(?:@(.+))?$/.exec(text.trim());
  const [, name = '', typed, when] = parts ?? [];
  const choices = resources.flatMap((resource) =>
    resource.fields.map((field) => ({ resource, field, name: nameOf(resource, field.field) })),
  );
  const found = choices.find((choice) => choice.name === name);
  const route = found ? null : readRouteEdit(text, { name, typed, when }, labels);
  if (route) return route;
  if (!found)
    throw wrongUsage(`--edit "${text}": "${name}" cannot be edited; ${choices.map((one) => one.name).join(', ')} can.`);
  const { resource, field } = found;
  const needsValue = field.unit !== 'none';
  if (needsValue !== (typed !== undefined))
    throw wrongUsage(`--edit "${text}": ${name} ${needsValue ? 'needs "=VALUE"' : 'takes no value'}.`);
  return planEdit.parse({
    field: field.field,
    ...(resource.id === null ? {} : { id: resource.id }),
    ...(needsValue ? { value: valueOf(text, typed ?? '') } : {}),
    ...(field.ranged === 'day' ? {} : rangeOf(text, when, labels)),
  });
}

/** "gas-1.maxKw" of the field gas.maxKw; what the site has once is called by its field. */
export const nameOf = ({ id }: Pick<EditableResourcePayload, 'id'>, field: string): string =>
  id === null ? field : `${id}.${field.slice(field.indexOf('.') + 1)}`;

function valueOf(text: string, typed: string): number {
  const percent = typed.trim().endsWith('%');
  const value = Number(percent ? typed.trim().slice(0, -1) : typed) / (percent ? 100 : 1);
  if (typed.trim() === '' || !Number.isFinite(value)) throw wrongUsage(`--edit "${text}": "${typed}" is no number.`);
  return value;
}

/** "17:00-20:00", the end excluded as on a clock; the whole day when left out. */
function rangeOf(text: string, when: string | undefined, labels: readonly string[]) {
  if (when === undefined) return { fromSlot: 0, toSlot: labels.length - 1 };
  const ends = /^(\S+?)\s*[-–]\s*(\S+)$/.exec(when.trim());
  const fromSlot = labels.indexOf(ends?.[1] ?? '');
  const until = ends?.[2] === '24:00' ? labels.length : labels.indexOf(ends?.[2] ?? '');
  if (!ends || fromSlot < 0 || until < 0)
    throw wrongUsage(
      `--edit "${text}": "${when}" is no range such as ${labels[0]}-24:00, slots begin at ${labels[0]}, ${labels[1]} and so on.`,
    );
  if (until <= fromSlot) throw wrongUsage(`--edit "${text}": the range must end after it begins.`);
  return { fromSlot, toSlot: until - 1 };
}

/** "truck-1.pin=encamp@18:00-22:00", "every.keepAway=encamp", "truck-1.reserve=lakeside", "truck-1.outOfService"; null for another name. */
function readRouteEdit(
  text: string,
  { name, typed, when }: { name: string; typed: string | undefined; when: string | undefined },
  labels: readonly string[],
): PlanEditPayload | null {
  const [, who = '', act = ''] = /^(.+)\.(pin|keepAway|reserve|outOfService)$/.exec(name) ?? [];
  if (act === '') return null;
  if (act === 'outOfService') return typed === undefined ? { field: 'truck.outOfService', id: who } : null;
  if (typed === undefined)
    throw wrongUsage(`--edit "${text}": ${name} needs "=${act === 'reserve' ? 'GRID' : 'PLACE'}".`);
  const range = rangeOf(text, when, labels);
  if (act === 'reserve') return { field: 'truck.reserve', id: who, grid: typed, ...range };
  if (act === 'pin') return { field: 'truck.pin', id: who, place: typed, ...range };
  return { field: 'truck.keepAway', id: who === 'every' ? null : who, place: typed, ...range };
}

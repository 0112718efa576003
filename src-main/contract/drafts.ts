/** What-if drafts: what can be edited in a plan's problem, and what differs between two plans. */
import { z } from 'zod';
import { exception } from './plan.ts';
import { editFields, planEdit } from './plan-edit.ts';
import { measuredShare } from './series.ts';

export const editableResource = z.object({
  kind: z.enum(['gas', 'wind', 'storage', 'aggregator', 'grid', 'reserve', 'protection']),
  id: z.string().nullable(),
  name: z.string(),
  fields: z.array(
    z.object({
      field: z.enum(editFields),
      label: z.string(),
      unit: z.enum(['kW', 'kWh', 'share', 'components', 'none']),
      least: z.number(),
      /** Null: any value from `least` up. */
      most: z.number().nullable(),
      /** The device's own number; null where it has none. */
      own: z.number().nullable(),
      ranged: z.enum(['slots', 'day']),
    }),
  ),
});
export type EditableResourcePayload = z.infer<typeof editableResource>;

/** The least change of one number with which a what-if has a plan; in `details.relax` of a `plan-infeasible`. */
export const relaxation = z.object({ replaces: z.number().int().nullable(), edit: planEdit, sentence: z.string() });
export type RelaxationPayload = z.infer<typeof relaxation>;

/** Those in the details of a refusal; none where there are none. */
export const relaxationsIn = (details: Record<string, unknown> | undefined): RelaxationPayload[] =>
  z.array(relaxation).safeParse(details?.['relax']).data ?? [];

const pair = z.object({ from: z.number(), to: z.number() });
export const planComparison = z.object({
  fromId: z.string(),
  toId: z.string(),
  currency: z.string(),
  same: z.object({ data: z.boolean(), set: z.boolean(), horizon: z.boolean() }),
  protection: pair,
  cost: pair,
  costItems: z.array(pair.extend({ key: z.string() })),
  /** Of days with any violation; null where a plan is not tested. */
  anyViolation: z.object({ from: measuredShare, to: measuredShare }).nullable(),
  unmetKwh: pair,
  changedSlots: z.number(),
  /** Second minus first; supply, discharge and import positive, an aggregator's charging positive. */
  resources: z.array(
    z.object({
      kind: z.enum(['gas', 'wind', 'storage', 'truck', 'grid', 'aggregator']),
      id: z.string(),
      name: z.string(),
      slots: z.number(),
      fromSlot: z.number(),
      toSlot: z.number(),
      energyKwh: z.number(),
      largestKw: z.number(),
    }),
  ),
  promises: z.array(
    z.object({
      aggregatorId: z.string(),
      name: z.string(),
      slot: z.number(),
      cars: z.number(),
      requiredKwh: pair,
      plannedKwh: pair,
    }),
  ),
  newExceptions: z.array(exception),
  goneExceptions: z.array(exception),
});
export type PlanComparisonPayload = z.infer<typeof planComparison>;

export const draftCalls = {
  /** Which numbers of a plan's problem can be edited, with their ranges. */
  'plan.editable': { request: z.object({ planId: z.string() }), response: z.array(editableResource) },
  /** Solves a plan's stored problem again with edits. Result of the job: { planId }; without a plan it fails with `details.relax`. */
  'plan.draft': {
    request: z.object({
      planId: z.string(),
      edits: z.array(planEdit).min(1).max(500),
      timeLimitSeconds: z.number().positive().max(3600),
    }),
    response: z.object({ jobId: z.string() }),
  },
  /** From the first to the second plan. */
  'plan.compare': { request: z.object({ fromId: z.string(), toId: z.string() }), response: planComparison },
};

/** `plan --based-on`: edits of a stored plan solved as a draft, and what they change. */
import { readFile } from 'node:fs/promises';
import { Refusal } from '../../base/errors.ts';
import { defaultTimeLimitSeconds } from '../../contract/defaults.ts';
import { relaxationsIn, type PlanComparisonPayload } from '../../contract/drafts.ts';
import type { PlanPayload } from '../../contract/plan.ts';
import { planEdit, type PlanEditPayload } from '../../contract/plan-edit.ts';
import { createAsk, runJob } from './ask.ts';
import { exitCodes, numberOption, textOption, wrongUsage, type CommandContext, type ExitCode } from './command.ts';
import { readEdit, type EditableDay } from './read-edit.ts';
import { facts, number, percent, table } from './table.ts';

/** @throws Refusal what the core refused; `plan-infeasible` carries the least changes that would do as `relax` */
export async function planWhatIf(context: CommandContext): Promise<ExitCode> {
  const ask = await createAsk(context);
  const planId = textOption(context.values, 'based-on');
  const [plan, resources] = await Promise.all([ask('plan.get', { planId }), ask('plan.editable', { planId })]);
  const edits = await editsOf(context, { resources, labels: plan.horizon.labels });
  const timeLimitSeconds = numberOption(context.values, 'time-limit') ?? defaultTimeLimitSeconds;
  try {
    const made = (await runJob(context, 'plan.draft', { planId, edits, timeLimitSeconds })) as { planId: string };
    const draft = await ask('plan.get', { planId: made.planId });
    const consequence = await ask('plan.compare', { fromId: planId, toId: made.planId });
    const answer = { planId: made.planId, basedOn: planId, edits, sentences: draft.whatIf?.sentences, consequence };
    context.output.result(answer, () => consequenceText(draft, consequence));
    return exitCodes.done;
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'plan-infeasible')
      context.output.aside(() =>
        [
          'One of these would be enough, each by the least it takes:',
          ...relaxationsIn(thrown.report.details).map(({ sentence }) => `  ${sentence}`),
        ].join('\n'),
      );
    throw thrown;
  }
}

async function editsOf({ values }: CommandContext, day: EditableDay): Promise<PlanEditPayload[]> {
  const typed = values['edit'];
  const edits = (Array.isArray(typed) ? typed : []).map((text: string) => readEdit(text, day));
  const file = values['edits'];
  const fromFile = typeof file === 'string' ? await readEdits(file) : [];
  if (edits.length + fromFile.length === 0) throw wrongUsage('--based-on needs at least one --edit, or --edits FILE.');
  return [...fromFile, ...edits];
}

async function readEdits(file: string): Promise<PlanEditPayload[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw wrongUsage(`--edits: ${file} cannot be read.`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrongUsage(`--edits: ${file} is not JSON.`);
  }
  const read = planEdit.array().safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw wrongUsage(`--edits: ${file} is not a list of edits; ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`);
}

function consequenceText(draft: PlanPayload, change: PlanComparisonPayload): string {
  const signed = (value: number, digits: number) => {
    const rounded = Number(value.toFixed(digits)) || 0;
    return `${rounded > 0 ? '+' : ''}${number(rounded, digits)}`;
  };
  const { cost, anyViolation, currency } = change;
  return [
    facts([
      ['draft', draft.id],
      ['based on', change.fromId],
      ...(draft.whatIf?.sentences ?? []).map((sentence) => ['what if', sentence] as const),
      ['cost', `${signed(cost.to - cost.from, 2)} ${currency} (${number(cost.from, 2)} to ${number(cost.to, 2)})`],
      [
        'days with a violation',
        anyViolation ? `${percent(anyViolation.from.share)} to ${percent(anyViolation.to.share)}` : 'not tested',
      ],
      ['changed slots', String(change.changedSlots)],
      ['departures changed', String(change.promises.length)],
      ['check', draft.check.passed ? 'passed' : `FAILED: ${draft.check.breaches[0]?.sentence ?? ''}`],
    ]),
    ...(change.resources.length === 0
      ? []
      : [
          table(
            ['changed', 'slots', 'kWh', 'at most kW'],
            change.resources.map((row) => [row.name, row.slots, signed(row.energyKwh, 1), signed(row.largestKw, 1)]),
          ),
        ]),
    ...change.newExceptions.map(({ cause }) => `new: ${cause}`),
  ].join('\n\n');
}

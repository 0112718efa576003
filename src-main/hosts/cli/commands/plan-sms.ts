import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from '../../../base/errors.ts';
import { defaultSmsTimeLimitSeconds } from '../../../contract/defaults.ts';
import { marginForm } from '../../../contract/mobile-storage.ts';
import type { SmsOptionsPayload } from '../../../contract/sms.ts';
import { readDefinition } from '../../../contract/read-definition.ts';
import { smsOverride, type SmsOverridePayload } from '../../../contract/sms-overrides.ts';
import { createAsk, runJob } from '../ask.ts';
import {
  choiceOption,
  exitCodes,
  numberOption,
  textOption,
  wrongUsage,
  type Command,
  type OptionValues,
} from '../command.ts';
import { dayOf, dayOption } from '../day-option.ts';
import { smsText } from '../sms-text.ts';

export const planSmsCommand: Command = {
  name: 'plan-sms',
  takes: '',
  summary:
    'Price and route the battery trucks of a day: margins, roads, rents and routes, the grids’ answer, re-check.',
  options: {
    ...dayOption,
    epsilon: {
      type: 'string',
      value: 'ε',
      help: 'Accepted risk that a reserve falls short; else as mobile storage says.',
    },
    margin: { type: 'string', value: marginForm.options.join('|'), help: 'What is taken as known of wind errors.' },
    confidence: { type: 'string', value: 'SHARE', help: 'Confidence that a truck arrives in time, 0.5 to below 1.' },
    ties: { type: 'string', value: 'optimistic|pessimistic', help: 'How grids choose among equally good answers.' },
    overrides: { type: 'string', value: 'FILE.json', help: 'A list of demands: docs/operator/mobile-storage.md.' },
    'based-on': { type: 'string', value: 'PLAN', help: 'The plan this one is drafted from, for the record.' },
    'time-limit': {
      type: 'string',
      value: 'SECONDS',
      help: `Time the search may take; ${defaultSmsTimeLimitSeconds} unless said otherwise.`,
    },
  },
  async run(context) {
    if (context.positionals.length > 0) throw wrongUsage('plan-sms takes no file; demands go after --overrides.');
    const overrides = context.values.overrides === undefined ? [] : await readOverrides(context.values);
    const ask = await createAsk(context);
    const day = await dayOf(context.values, ask);
    const options = { ...optionsOf(context.values), day, overrides };
    const { planId } = (await runJob(context, 'sms.make', options)) as { planId: string };
    const plan = await ask('sms.get', { planId });
    context.output.result(plan, () => smsText(plan));
    return exitCodes.done;
  },
};

function optionsOf(values: OptionValues): Omit<SmsOptionsPayload, 'day' | 'overrides'> {
  const epsilon = numberOption(values, 'epsilon');
  if (epsilon !== undefined && !(epsilon > 0 && epsilon < 1))
    throw wrongUsage(`--epsilon must be above 0 and below 1, not ${epsilon}.`);
  const arrivalConfidence = numberOption(values, 'confidence');
  if (arrivalConfidence !== undefined && !(arrivalConfidence >= 0.5 && arrivalConfidence < 1))
    throw wrongUsage(`--confidence must be at least 0.5 and below 1, not ${arrivalConfidence}.`);
  const margin = choiceOption(values, 'margin', marginForm.options);
  const ties = choiceOption(values, 'ties', ['optimistic', 'pessimistic']);
  const timeLimitSeconds = numberOption(values, 'time-limit') ?? defaultSmsTimeLimitSeconds;
  if (!(timeLimitSeconds > 0 && timeLimitSeconds <= 3600))
    throw wrongUsage(`--time-limit takes seconds above 0 and up to 3600, not ${timeLimitSeconds}.`);
  return {
    ...(epsilon === undefined ? {} : { epsilon }),
    ...(arrivalConfidence === undefined ? {} : { arrivalConfidence }),
    ...(margin === undefined ? {} : { margin }),
    ...(ties === undefined ? {} : { ties }),
    timeLimitSeconds,
    basedOn: values['based-on'] === undefined ? null : textOption(values, 'based-on'),
  };
}

/** @throws Refusal `not-found`, `usage` naming the demand and its field */
async function readOverrides(values: OptionValues): Promise<SmsOverridePayload[]> {
  const file = textOption(values, 'overrides');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal('not-found', { what: 'file', id: file });
  });
  const reading = readDefinition(text, z.array(smsOverride));
  if (reading.kind === 'value') return reading.value;
  throw wrongUsage(`${file}: ${reading.problems.map(({ path, message }) => `${path} ${message}`).join('; ')}.`);
}

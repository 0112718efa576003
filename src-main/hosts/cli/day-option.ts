/** The day a command is about, and how its uncertainty is learnt: options that several commands share. */
import { isEveryDay, seasons, weekdayClasses, type DayFilter } from '../../base/day-filter.ts';
import { defaultFit } from '../../contract/defaults.ts';
import type { FitOptionsPayload } from '../../contract/uncertainty.ts';
import type { Ask } from './ask.ts';
import { Refusal } from '../../base/errors.ts';
import {
  choiceOption,
  numberOption,
  textOption,
  wrongUsage,
  type CommandOption,
  type OptionValues,
} from './command.ts';

export const dayOption: Readonly<Record<string, CommandOption>> = {
  day: { type: 'string', value: 'YYYY-MM-DD', help: 'Day to plan; else the first day after the telemetry.' },
};

export const fitOptionsHelp: Readonly<Record<string, CommandOption>> = {
  method: { type: 'string', value: 'conformal|prediction-normal', help: 'How intervals are learnt from past errors.' },
  shape: {
    type: 'string',
    value: 'per-slot|level',
    help: 'One width per slot of the day, or growing with the forecast.',
  },
  nominal: { type: 'string', value: 'SHARE', help: 'Coverage an interval should have, 0.5 to 0.999.' },
  moments: {
    type: 'string',
    value: 'cantelli|unimodal|gaussian',
    help: 'Moment set: what is known of the law besides mean and covariance; nothing (cantelli) unless said otherwise.',
  },
  window: { type: 'string', value: 'DAYS', help: 'Past days learnt from, 10 to 400.' },
  season: { type: 'string', value: seasons.join('|'), help: 'Learn only from days of this season.' },
  weekdays: { type: 'string', value: weekdayClasses.join('|'), help: 'Learn only from these days of the week.' },
  from: { type: 'string', value: 'YYYY-MM-DD', help: 'First day learnt from; with --to in place of --window.' },
  to: { type: 'string', value: 'YYYY-MM-DD', help: 'Last day learnt from.' },
  'set-id': {
    type: 'string',
    value: 'NAME|ID',
    help: 'A frozen set, brought to the day instead of fitting one; "sets" lists them. The options above are idle then.',
  },
};

/** @throws Refusal `usage` when the text of an option is no date */
export function requireDay(option: string, day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw wrongUsage(`--${option} takes YYYY-MM-DD, not "${day}".`);
  return day;
}

export async function dayOf(values: OptionValues, ask: Ask): Promise<string> {
  const { day } = values;
  if (typeof day === 'string') return requireDay('day', day);
  const { tomorrow, site } = await ask('desk.state', {});
  if (!site) throw new Refusal('no-site');
  if (tomorrow === null) throw new Refusal('no-telemetry', { kind: 'load', period: 'any day' });
  return tomorrow;
}

export function fitOptionsOf(values: OptionValues): Omit<FitOptionsPayload, 'day'> {
  const days = dayFilterOf(values);
  const moments = choiceOption(values, 'moments', ['cantelli', 'unimodal', 'gaussian']);
  return {
    method: choiceOption(values, 'method', ['conformal', 'prediction-normal']) ?? defaultFit.method,
    shape: choiceOption(values, 'shape', ['per-slot', 'level']) ?? defaultFit.shape,
    nominal: numberOption(values, 'nominal') ?? defaultFit.nominal,
    windowDays: numberOption(values, 'window') ?? defaultFit.windowDays,
    ...(moments === undefined ? {} : { moments }),
    ...(isEveryDay(days) ? {} : { days }),
    ...(values['set-id'] === undefined ? {} : { setId: textOption(values, 'set-id') }),
  };
}

/** @throws Refusal `usage` when only one end of the range is given or it is no date */
function dayFilterOf(values: OptionValues): DayFilter {
  const { from, to } = values;
  if ((from === undefined) !== (to === undefined)) throw wrongUsage('--from and --to go together.');
  const range =
    typeof from === 'string' && typeof to === 'string'
      ? { from: requireDay('from', from), to: requireDay('to', to) }
      : null;
  return {
    season: choiceOption(values, 'season', seasons) ?? null,
    weekdays: choiceOption(values, 'weekdays', weekdayClasses) ?? null,
    range,
  };
}

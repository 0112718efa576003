/** The day a command is about, and how its uncertainty is learnt: options that several commands share. */
import { defaultFit } from '../../contract/defaults.ts';
import type { FitOptionsPayload } from '../../contract/uncertainty.ts';
import type { Ask } from './ask.ts';
import { Refusal } from '../../base/errors.ts';
import { choiceOption, numberOption, wrongUsage, type CommandOption, type OptionValues } from './command.ts';

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
  window: { type: 'string', value: 'DAYS', help: 'Past days learnt from, 10 to 400.' },
};

export async function dayOf(values: OptionValues, ask: Ask): Promise<string> {
  const { day } = values;
  if (typeof day === 'string') {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw wrongUsage(`--day takes YYYY-MM-DD, not "${day}".`);
    return day;
  }
  const { tomorrow, site } = await ask('desk.state', {});
  if (!site) throw new Refusal('no-site');
  if (tomorrow === null) throw new Refusal('no-telemetry', { kind: 'load', period: 'any day' });
  return tomorrow;
}

export function fitOptionsOf(values: OptionValues): Omit<FitOptionsPayload, 'day'> {
  return {
    method: choiceOption(values, 'method', ['conformal', 'prediction-normal']) ?? defaultFit.method,
    shape: choiceOption(values, 'shape', ['per-slot', 'level']) ?? defaultFit.shape,
    nominal: numberOption(values, 'nominal') ?? defaultFit.nominal,
    windowDays: numberOption(values, 'window') ?? defaultFit.windowDays,
  };
}

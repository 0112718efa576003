import type { Response } from '../../../contract/calls.ts';
import { createAsk, type Ask } from '../ask.ts';
import { choiceOption, exitCodes, wrongUsage, type Command, type OptionValues } from '../command.ts';
import { facts, number } from '../table.ts';
import { existingOf, forceOption, writeText } from '../written-file.ts';

const kinds = ['plan', 'plan-sms', 'market', 'set', 'telemetry'] as const;

export const exportCommand: Command = {
  name: 'export',
  takes: '<plan|plan-sms|market|set|telemetry> <id>',
  summary:
    'Write a file: a plan, a plan of trucks, a fitted set, or a cleaned series (by its number, its name, or its kind if it is the only one).',
  options: {
    what: {
      type: 'string',
      value: 'WHAT',
      help: 'plan: json (all of it) or csv (slots); plan-sms: csv (itinerary), slots, geo (for a map) or json; market: bids, policy (CSV) or json; set: set (JSON) or samples (past errors, CSV); telemetry: values or flags (CSV).',
    },
    to: { type: 'string', value: 'FILE', help: 'Where to; a name made from the id, in this folder, unless said.' },
    ...forceOption,
  },
  async run(context) {
    const [kindText, id, ...more] = context.positionals;
    const kind = kinds.find((one) => one === kindText);
    if (kind === undefined) throw wrongUsage(`export takes one of ${kinds.join(', ')}, not "${kindText ?? ''}".`);
    if (id === undefined || more.length > 0) throw wrongUsage(`export ${kind} takes one id.`);
    const { to } = context.values;
    if (to === '') throw wrongUsage('--to takes a file.');
    const exported = await exporters[kind](await createAsk(context), id, context.values);
    const file = typeof to === 'string' ? to : exported.fileName;
    const written = await writeText(file, exported.text, existingOf(context.values));
    context.output.result(written, () =>
      facts([
        ['file', written.file],
        ['bytes', number(written.bytes, 0)],
      ]),
    );
    return exitCodes.done;
  },
};

type Exported = Response<'plan.export'>;

const exporters: Record<(typeof kinds)[number], (ask: Ask, id: string, values: OptionValues) => Promise<Exported>> = {
  plan: (ask, planId, values) =>
    ask('plan.export', { planId, format: choiceOption(values, 'what', ['json', 'csv']) ?? 'json' }),
  'plan-sms': (ask, planId, values) =>
    ask('sms.export', { planId, format: choiceOption(values, 'what', ['csv', 'slots', 'geo', 'json']) ?? 'csv' }),
  market: (ask, planId, values) =>
    ask('market.export', { planId, format: choiceOption(values, 'what', ['bids', 'policy', 'json']) ?? 'bids' }),
  set: (ask, setId, values) =>
    ask('uncertainty.export', { setId, what: choiceOption(values, 'what', ['set', 'samples']) ?? 'set' }),
  async telemetry(ask, named, values) {
    const what = choiceOption(values, 'what', ['values', 'flags']) ?? 'values';
    return ask('telemetry.export', { seriesId: seriesNamed(named, await ask('telemetry.series', {})), what });
  },
};

/** A series is named by its number, else by its name, else by its kind. @throws Refusal `usage` when that is none or several */
function seriesNamed(named: string, all: Response<'telemetry.series'>): number {
  const readings = [
    all.filter(({ id }) => String(id) === named),
    all.filter(({ name }) => name === named),
    all.filter(({ kind }) => kind === named),
  ];
  const found = readings.find((series) => series.length > 0) ?? [];
  const [only, ...others] = found;
  if (only && others.length === 0) return only.id;
  const listed = (found.length > 0 ? found : all).map(({ id, kind, name }) => `${id} (${kind}, ${name})`).join('; ');
  throw wrongUsage(
    found.length > 0
      ? `"${named}" names several series; take a number: ${listed}.`
      : `There is no series "${named}"; there are: ${listed || 'none'}.`,
  );
}

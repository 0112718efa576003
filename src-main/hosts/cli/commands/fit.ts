import { filterWords, isEveryDay } from '../../../base/day-filter.ts';
import { setKind, type FitPayload } from '../../../contract/uncertainty.ts';
import { createAsk } from '../ask.ts';
import { choiceOption, exitCodes, textOption, wrongUsage, type Command } from '../command.ts';
import { dayOf, dayOption, fitOptionsHelp, fitOptionsOf } from '../day-option.ts';
import { behaviourText } from '../behaviour-text.ts';
import { daySetText } from '../set-text.ts';
import { number, percent, table } from '../table.ts';

export const fitCommand: Command = {
  name: 'fit',
  takes: '',
  summary: 'Learn what could happen on a day: intervals per component, their measured coverage, and budgets.',
  options: {
    ...dayOption,
    ...fitOptionsHelp,
    set: {
      type: 'string',
      value: 'KIND',
      help: `Kind of set of whole days fitted as well: ${setKind.options.slice(2).join(', ')}.`,
    },
    freeze: { type: 'string', value: 'NAME', help: 'Freeze the set under this name, to plan other days from.' },
    note: { type: 'string', value: 'WORDS', help: 'What the frozen set is for.' },
  },
  async run(context) {
    const ask = await createAsk(context);
    const { freeze, note } = context.values;
    if (note !== undefined && freeze === undefined) throw wrongUsage('--note goes with --freeze.');
    const set = choiceOption(context.values, 'set', setKind.options);
    const name = freeze === undefined ? null : textOption(context.values, 'freeze');
    const fit = await ask('uncertainty.fit', {
      day: await dayOf(context.values, ask),
      ...fitOptionsOf(context.values),
      ...(set === undefined ? {} : { set }),
    });
    if (name !== null)
      await ask('uncertainty.freeze', { setId: fit.setId, name, note: typeof note === 'string' ? note : '' });
    context.output.result(fit, () =>
      [
        `Set ${fit.setId} for ${fit.options.day}, ${madeIn(fit)}.${name === null ? '' : ` Frozen as "${name}".`}`,
        table(
          ['component', 'kind', 'mean kW', 'half-width kW', 'coverage', 'nominal', 'days', 'promise', 'forecast'],
          fit.components.map(({ name, kind, centreKw, meanWidthKw, coverage, forecast }) => [
            name,
            kind,
            number(mean(centreKw)),
            number(meanWidthKw),
            percent(coverage.pooled.share),
            percent(coverage.nominal),
            coverage.days.length,
            coverage.judgement.state,
            forecast.origin,
          ]),
        ),
        table(
          ['protection', 'slots covered', 'share', 'between'],
          fit.budgetCoverage.map(({ protection, coverage: { hits, trials, share, lower, upper } }) => [
            number(protection, 0),
            `${hits} of ${trials}`,
            percent(share),
            `${percent(lower)} … ${percent(upper)}`,
          ]),
        ),
        behaviourText(fit.behaviour),
        ...(fit.daySet ? [daySetText(fit.daySet)] : []),
      ].join('\n\n'),
    );
    return exitCodes.done;
  },
};

function madeIn({ frozen, fitMs, learntFrom }: FitPayload): string {
  const took = `in ${number(fitMs, 0)} ms`;
  if (frozen) return `brought from "${frozen.name}" of ${frozen.day} ${took}`;
  return `fitted ${took} from ${isEveryDay(learntFrom.days) ? 'every day of the window' : filterWords(learntFrom.days)}`;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

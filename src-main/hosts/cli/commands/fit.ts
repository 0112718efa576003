import { createAsk } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { dayOf, dayOption, fitOptionsHelp, fitOptionsOf } from '../day-option.ts';
import { number, percent, table } from '../table.ts';

export const fitCommand: Command = {
  name: 'fit',
  takes: '',
  summary: 'Learn what could happen on a day: intervals per component, their measured coverage, and budgets.',
  options: { ...dayOption, ...fitOptionsHelp },
  async run(context) {
    const ask = await createAsk(context);
    const fit = await ask('uncertainty.fit', {
      day: await dayOf(context.values, ask),
      ...fitOptionsOf(context.values),
    });
    context.output.result(fit, () =>
      [
        `Set ${fit.setId} for ${fit.options.day}, fitted in ${number(fit.fitMs, 0)} ms.`,
        table(
          ['component', 'kind', 'mean kW', 'half-width kW', 'coverage', 'nominal', 'days', 'verdict', 'forecast'],
          fit.components.map(({ name, kind, centreKw, meanWidthKw, coverage, forecast }) => [
            name,
            kind,
            number(mean(centreKw)),
            number(meanWidthKw),
            percent(coverage.pooled.share),
            percent(coverage.nominal),
            coverage.days.length,
            coverage.verdict,
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
      ].join('\n\n'),
    );
    return exitCodes.done;
  },
};

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

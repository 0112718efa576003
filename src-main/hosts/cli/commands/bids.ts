import { defaultBids, type PlantBidsPayload } from '../../../contract/vpp.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, numberOption, textOption, wrongUsage, type Command } from '../command.ts';
import { planNamed } from '../plan-named.ts';
import { facts, number, table } from '../table.ts';
import { existingOf, forceOption, writeText } from '../written-file.ts';

export const bidsCommand: Command = {
  name: 'bids',
  takes: '[<plan>]',
  summary:
    'Price-quantity bids of the whole plant for a day: wind, generators, cars and batteries; tried on unseen days.',
  options: {
    scenarios: { type: 'string', value: 'DAYS', help: `Past days the bids are made over; ${defaultBids.scenarios}.` },
    'test-days': { type: 'string', value: 'DAYS', help: `Newer days they are tried on; ${defaultBids.testDays}.` },
    worst: {
      type: 'string',
      value: 'WEIGHT',
      help: `Weight of the worst day against the mean of all, 0 to 0.99; ${defaultBids.worstWeight}.`,
    },
    imbalance: {
      type: 'string',
      value: 'PRICE',
      help: `Loss on each MWh off the bids; ${defaultBids.imbalancePerMwh} unless said otherwise.`,
    },
    csv: { type: 'string', value: 'FILE', help: 'Write the curves there.' },
    ...forceOption,
  },
  async run(context) {
    const { values } = context;
    const ask = await createAsk(context);
    const within = (name: string, fallback: number, least: number, most: number): number => {
      const value = numberOption(values, name) ?? fallback;
      if (!(value >= least && value <= most)) throw wrongUsage(`--${name} takes ${least} to ${most}, not ${value}.`);
      return value;
    };
    const bids = (await runJob(context, 'vpp.bid', {
      planId: await planNamed(context, ask),
      scenarios: within('scenarios', defaultBids.scenarios, 2, 60),
      testDays: within('test-days', defaultBids.testDays, 1, 60),
      worstWeight: within('worst', defaultBids.worstWeight, 0, 0.99),
      imbalancePerMwh: within('imbalance', defaultBids.imbalancePerMwh, 0, 10_000),
    })) as PlantBidsPayload;
    const file = textOption(values, 'csv');
    if (file !== undefined) await writeText(file, bids.file.text, existingOf(values));
    context.output.result(bids, () => bidsText(bids));
    return exitCodes.done;
  },
};

function bidsText(bids: PlantBidsPayload): string {
  const { planId, currency, curves, horizon, scenarios, expected, worst, overKwh, shortKwh, check } = bids;
  const meanText = ({ mean, lower, upper }: PlantBidsPayload['unseen']): string =>
    `${number(mean, 2)} (${number(lower, 2)} to ${number(upper, 2)}) ${currency} a day`;
  return [
    facts([
      ['plan', planId],
      ['made over', `${scenarios.length} past days of prices and wind errors`],
      ['expected', `${number(expected, 2)} ${currency}, ${number(worst, 2)} on the worst of them`],
      ['off the bids', `${number(overKwh, 0)} kWh over, ${number(shortKwh, 0)} kWh short on an average day`],
      [
        `${bids.unseen.days} unseen days`,
        `${meanText(bids.unseen)}; with each day known ${meanText(bids.unseenKnown)}`,
      ],
      ['re-check', check.passed ? 'passed' : check.problems.join('; ')],
    ]),
    table(
      ['hour', `from ${currency}/MWh: sell (+) or buy (-) kWh`],
      curves.map((curve, hour) => [
        horizon.labels[hour]!,
        curve
          .map(
            ({ pricePerKwh, netKwh }, step) =>
              `${step === 0 ? 'any' : number(1000 * pricePerKwh, 1)}: ${number(netKwh, 0)}`,
          )
          .join('; '),
      ]),
    ),
  ].join('\n\n');
}

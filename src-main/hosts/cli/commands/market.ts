import type { Response } from '../../../contract/calls.ts';
import { ambiguityKind, defaultMarket, type MarketOptionsPayload } from '../../../contract/market.ts';
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
import { facts, number, table } from '../table.ts';

export const marketCommand: Command = {
  name: 'market',
  takes: '',
  summary: 'Trade of the fleet on a day: prices as a chain, robust policies, bids, and unseen days replayed.',
  options: {
    ...dayOption,
    ambiguity: { type: 'string', value: ambiguityKind.options.join('|'), help: 'Set around each row of the chain.' },
    confidence: {
      type: 'string',
      value: 'SHARE',
      help: `That a row lies in its set, 0.5 to 0.999; ${defaultMarket.confidence} unless said otherwise.`,
    },
    window: {
      type: 'string',
      value: 'DAYS',
      help: `Past days of prices learnt from; up to ${defaultMarket.windowDays}.`,
    },
    'test-days': {
      type: 'string',
      value: 'DAYS',
      help: `The last of them, replayed without being learnt from; ${defaultMarket.testDays}.`,
    },
    states: { type: 'string', value: 'N', help: 'Price states of an hour; else as many as the data bear.' },
    rows: {
      type: 'string',
      value: 'H:S:C,…',
      help: 'What-if: rows of hour H (0 to 23) and price state S (from 1) held with confidence C instead.',
    },
    imbalance: {
      type: 'string',
      value: 'PRICE',
      help: `Loss on each MWh off the bids; ${defaultMarket.imbalancePerMwh} unless said otherwise.`,
    },
  },
  async run(context) {
    if (context.positionals.length > 0) throw wrongUsage('market takes no file.');
    const ask = await createAsk(context);
    const options = { ...optionsOf(context.values), day: await dayOf(context.values, ask) };
    const { planId } = (await runJob(context, 'market.make', options)) as { planId: string };
    const plan = await ask('market.get', { planId });
    context.output.result(plan, () => marketText(plan));
    return exitCodes.done;
  },
};

function optionsOf(values: OptionValues): Omit<MarketOptionsPayload, 'day'> {
  const within = (name: string, fallback: number, least: number, most: number): number => {
    const value = numberOption(values, name) ?? fallback;
    if (!(value >= least && value <= most)) throw wrongUsage(`--${name} takes ${least} to ${most}, not ${value}.`);
    return value;
  };
  return {
    ambiguity: choiceOption(values, 'ambiguity', ambiguityKind.options) ?? defaultMarket.ambiguity,
    confidence: within('confidence', defaultMarket.confidence, 0.5, 0.999),
    windowDays: within('window', defaultMarket.windowDays, 40, 1500),
    testDays: within('test-days', defaultMarket.testDays, 1, 400),
    states: numberOption(values, 'states') === undefined ? null : within('states', 4, 2, 12),
    imbalancePerMwh: within('imbalance', defaultMarket.imbalancePerMwh, 0, 10_000),
    rows: rowsOf(textOption(values, 'rows')),
  };
}

/** "18:5:0.99": hour, state counted from 1, confidence. */
function rowsOf(text: string | undefined): MarketOptionsPayload['rows'] {
  return text?.split(',').map((part) => {
    const [hour, state, confidence] = part.split(':').map(Number) as [number, number, number];
    const isRow =
      Number.isInteger(hour) && hour >= 0 && hour <= 23 && Number.isInteger(state) && state >= 1 && state <= 12;
    if (!isRow || !(confidence >= 0.5 && confidence <= 0.999))
      throw wrongUsage(`--rows takes hour:state:confidence, as in 18:5:0.99, not "${part}".`);
    return { hour, state: state - 1, confidence };
  });
}

type Plan = Response<'market.get'>;
type Mean = Plan['replay']['hindsight'];

const meanText = (mean: Mean | null): string =>
  mean ? `${number(mean.mean, 2)} (${number(mean.lower, 2)} to ${number(mean.upper, 2)})` : '';

function marketText(plan: Plan): string {
  const { values, bids, replay, checks, currency, check } = plan;
  const bound = values.find(({ kind }) => kind === plan.wish.ambiguity)!.guaranteed;
  const chance = (p: number): string => (p < 0.001 ? 'below 0.001' : number(p, 3));
  return [
    facts([
      ['market plan', plan.id],
      ['prices', `${plan.seriesName}, ${plan.learntDays} days, ${plan.states} states of every hour`],
      ['one law all along?', `chance ${chance(checks.halves.pValue)} (halves), ${checks.seasons ? chance(checks.seasons.pValue) : 'one season only'} (seasons)`], // prettier-ignore
      ['moves per row', `${checks.rowCounts.least} to ${checks.rowCounts.most}; ${checks.sparseRows} of ${checks.rows} rows sparse`], // prettier-ignore
      ['fleet', `${plan.battery.cars} cars, levels of ${number(plan.battery.stepKwh, 1)} kWh`],
      ['bids', `${number(bids.expected, 2)} ${currency} expected, ${number(bids.guaranteed, 2)} at worst in the set, ${number(bids.expectedImbalanceKwh, 0)} kWh off the bids`], // prettier-ignore
      ['re-check', check.passed ? 'passed' : check.items.filter((item) => !item.passed).map(({ name }) => name).join('; ')], // prettier-ignore
    ]),
    `Worth of the day in ${currency} (money in, less money out):`,
    table(
      ['set', 'guaranteed', 'nominal policy at worst', 'robust policy expected'],
      values.map((row) => [
        row.kind,
        number(row.guaranteed, 2),
        number(row.nominalPolicyWorst, 2),
        number(row.robustPolicyExpected, 2),
      ]),
    ),
    `Learnt on line, day by day as they came, ${currency}; the bound stands beside it:`,
    table(
      ['days seen', 'believes', 'guarantees', 'bound'],
      plan.learning.map((point) => [
        number(point.days, 0),
        number(point.believed, 2),
        number(point.guaranteed, 2),
        number(bound, 2),
      ]),
    ),
    `${replay.testDays} unseen days replayed, ${currency} a day (95 % interval by weeks); all prices known: ${meanText(replay.hindsight)}`,
    table(
      ['set', 'policy that waits', 'less nominal', 'worst tenth', 'bids', 'less nominal'],
      replay.kinds.map((row) => [
        row.kind,
        meanText(row.waiting),
        meanText(row.waitingLessNominal),
        number(row.worstTenth, 2),
        meanText(row.bidding),
        meanText(row.biddingLessNominal),
      ]),
    ),
  ].join('\n\n');
}

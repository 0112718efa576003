/**
 * Realised profit of nominal and robust policies on unseen months of real day-ahead prices: `node bench/market-months.ts <SMARD file>`.
 * The file holds one column per zone, local wall clock without offset, in order. Prints the tables of docs/method/market.md.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { addDays, zoneOf } from '../src-main/base/zone.ts';
import { runThrough } from '../src-main/base/steps.ts';
import type { MarketStorage } from '../src-main/models/market/problem.ts';
import { meanInterval, type MeanInterval } from '../src-main/planning/market/mean-interval.ts';
import { replayMarket } from '../src-main/planning/market/replay-market.ts';
import { checkChain } from '../src-main/uncertainty/chain-checks.ts';
import { chooseStates } from '../src-main/uncertainty/choose-states.ts';
import { fitPriceChain, type PriceDay } from '../src-main/uncertainty/price-chain.ts';
import { rowSetKinds } from '../src-main/uncertainty/row-set.ts';

const file = process.argv[2];
if (!file) {
  console.error('usage: node bench/market-months.ts <file>');
  process.exit(2);
}
const zone = zoneOf('Europe/Berlin');
const hourMs = 3_600_000;

/** Rows are consecutive hours from the first midnight. */
function daysOf(column: string): PriceDay[] {
  const [head, ...lines] = gunzipSync(readFileSync(file!)).toString('utf8').trim().split(/\r?\n/);
  const at = head!.split(';').findIndex((name) => name.startsWith(column));
  const first = '2023-01-01';
  const startUtcMs = zone.startOfDay(first);
  const prices = lines.map((line) => Number(line.split(';')[at]!.replaceAll(',', '')));
  const days: PriceDay[] = [];
  for (let day = first; ; day = addDays(day, 1)) {
    const from = (zone.startOfDay(day) - startUtcMs) / hourMs;
    const until = (zone.startOfDay(addDays(day, 1)) - startUtcMs) / hourMs;
    if (until > prices.length) return days;
    const pricePerMwh = prices.slice(from, until);
    if (pricePerMwh.length === 24 && !pricePerMwh.some(Number.isNaN)) days.push({ day, pricePerMwh });
  }
}

/** A battery of 1 MW and 4 MWh, half full in the morning and in the evening. */
const storage: MarketStorage = {
  energyLevels: 41,
  stepKwh: 100,
  maxStepsPerSlot: 10,
  efficiency: 0.95,
  degradationPerMwh: 10,
  terminalPerMwh: 0,
  requiredLevel: 0,
  shortfallPerMwh: 0,
  buyFeePerMwh: 0,
  saleShare: 1,
  bySlot: {
    chargeSteps: new Array<number>(24).fill(10),
    dischargeSteps: new Array<number>(24).fill(10),
    leastLevel: Array.from({ length: 24 }, (_, hour) => (hour === 23 ? 20 : 0)),
    mostLevel: Array.from({ length: 24 }, (_, hour) => (hour === 23 ? 20 : 40)),
  },
};

const windowDays = 365;
const text = ({ mean, lower, upper }: MeanInterval): string =>
  `${mean.toFixed(1)} (${lower.toFixed(1)} to ${upper.toFixed(1)})`;

for (const [name, column] of [
  ['DE-LU', 'Germany/Luxembourg'],
  ['Netherlands', 'Netherlands'],
] as const) {
  const days = daysOf(column);
  const learnt = days.slice(0, windowDays);
  const choice = chooseStates(learnt);
  const checks = checkChain(fitPriceChain(learnt, choice.states), learnt);
  const testDays = days.length - windowDays;
  console.log(`\n### ${name}: ${choice.states} states, ${testDays} unseen days from ${days[windowDays]!.day}`);
  console.log(choice.scores.map(({ states, logDensity }) => `${states}: ${logDensity.toFixed(3)}`).join(', '));
  console.log(`without memory ${choice.withoutMemory.toFixed(3)}`);
  for (const test of [checks.halves, checks.seasons])
    if (test)
      console.log(
        `${test.parts.join('/')}: χ² ${test.statistic.toFixed(0)} on ${test.degreesOfFreedom}, p ${test.pValue.toExponential(1)}`,
      );
  console.log(
    `moves per row ${checks.rowCounts.least} … ${checks.rowCounts.most}; ${checks.sparseRows} of ${checks.rows} rows sparse`,
  );
  console.log('\n| set | confidence | policy that waits, EUR/day | less nominal | bids, EUR/day | less nominal |');
  console.log('|---|---|---|---|---|---|');
  for (const confidence of [0.5, 0.9]) {
    const parts = {
      currency: 'EUR',
      storage,
      startLevel: 20,
      states: choice.states,
      kinds: rowSetKinds,
      bidKinds: rowSetKinds,
      confidence,
      imbalancePerMwh: 50,
      windowDays,
    };
    const replayed = runThrough(replayMarket(days, testDays, parts));
    for (const kind of rowSetKinds) {
      if (kind === 'nominal' && confidence > 0.5) continue;
      const of = (form: 'waiting' | 'bidding'): string[] => [
        text(meanInterval(replayed.map((day) => day[form][kind]!.money))),
        text(meanInterval(replayed.map((day) => day[form][kind]!.money - day[form].nominal!.money))),
      ];
      console.log(
        `| ${[kind, kind === 'nominal' ? '' : confidence, ...of('waiting'), ...of('bidding')].join(' | ')} |`,
      );
    }
    if (confidence === 0.5)
      console.log(`| prices known | | ${text(meanInterval(replayed.map((day) => day.hindsightMoney)))} | | | |`);
  }
}

/** The study as text: three tables in Markdown, the same in a terminal, a report and docs/method/sms-study.md. */
import { overDays, type OverDays } from './over-days.ts';
import { boxOf, studiedForms, wholeBox, type SmsStudy } from './run-sms-study.ts';
import type { Belief, Solved, StudyDay } from './study-day.ts';

interface Column<Row> {
  head: string;
  of: (row: Row) => number;
  digits: number;
}

export function smsStudyText(study: SmsStudy): string {
  const { days, seed, trucks, grids, slots, currency, epsilon, timeLimitSeconds, solver } = study;
  const results = days.map((day) => day.results);
  const first =
    `${days.length} days drawn with seed ${seed} (${days.map(({ day }) => day).join(', ')}); ${grids} grids, ${trucks} trucks, ` +
    `${slots} slots of ${24 / slots} h; ε = ${percent(epsilon)}; up to ${timeLimitSeconds} s per instance, ${solver}. ` +
    `Money in ${currency} per day. Mean with 95 % interval over the days; gap: mean and worst of the days.`;
  return [first, ...sharing(results), ...reserves(study, results), ...reaction(results)].join('\n');
}

const planColumns: Column<Solved>[] = [
  { head: "owner's profit", of: ({ profit }) => profit, digits: 0 },
  { head: 'grids save', of: ({ gridsSave }) => gridsSave, digits: 0 },
  { head: 'both gain', of: ({ welfare }) => welfare, digits: 0 },
  { head: 'utilisation, %', of: ({ utilisation }) => 100 * utilisation, digits: 1 },
  { head: 'surplus wind used, MWh', of: ({ windUsedMwh }) => windUsedMwh, digits: 2 },
];

function sharing(results: readonly StudyDay[]): string[] {
  const shared = results.map((day) => day.shared);
  const separate = results.map((day) => day.separate);
  const most = (of: (day: StudyDay) => number): string => cell(overDays(results.map(of)), 0);
  return [
    '',
    '**Sharing.** The same trucks, free to serve all grids, or each one grid alone.',
    '',
    heads(['', ...planColumns.map(({ head }) => head), 'both could gain at most', 'gap, %']),
    line(['one shared fleet', ...cells(shared, planColumns), most(({ bestShared }) => bestShared), gaps(shared)]),
    line(['a fleet per grid', ...cells(separate, planColumns), most((day) => day.bestSeparate), gaps(separate)]),
    line(['difference', ...differences(shared, separate, planColumns), most((d) => d.bestShared - d.bestSeparate), '']),
  ];
}

const reserveColumns: Column<Solved>[] = [
  { head: "owner's revenue", of: ({ rent }) => rent, digits: 0 },
  { head: "owner's profit", of: ({ profit }) => profit, digits: 0 },
  { head: "grids' cost", of: ({ gridsCost }) => gridsCost, digits: 0 },
];

function reserves(study: SmsStudy, results: readonly StudyDay[]): string[] {
  const row = (name: string): string => {
    const { meanKw, violation, share } = study.reserves[name]!;
    const own = results.map((day) => day.reserves[name]!);
    const label = share === null ? name : `${name} (× ${share.toFixed(2)})`;
    const measured = `${percent(violation.share)} (${percent(violation.lower)} … ${percent(violation.upper)})`;
    return line([label, meanKw.toFixed(0), measured, ...cells(own, reserveColumns), gaps(own)]);
  };
  const difference = (form: string): string => {
    const [own, box] = [form, boxOf(form)].map((name) => results.map((day) => day.reserves[name]!));
    return line([`${form} less its box`, '', '', ...differences(own!, box!, reserveColumns), '']);
  };
  return [
    '',
    '**Reserves.** Chance constraints against boxes broken as often on held-out days (shares of those of the last day).',
    '',
    heads(['', 'mean margin, kW', 'too small, slots', ...reserveColumns.map(({ head }) => head), 'gap, %']),
    ...studiedForms.flatMap((form) => [row(form), row(boxOf(form)), difference(form)]),
    row(wholeBox),
  ];
}

function reaction(results: readonly StudyDay[]): string[] {
  const columns: Column<Belief>[] = [
    { head: 'profit believed', of: ({ believed }) => believed, digits: 0 },
    { head: 'profit', of: ({ profit }) => profit, digits: 0 },
    { head: 'grids save', of: ({ gridsSave }) => gridsSave, digits: 0 },
    { head: 'both gain', of: ({ welfare }) => welfare, digits: 0 },
  ];
  const known = results.map(({ shared }): Belief => ({ ...shared, believed: shared.profit }));
  const row = (name: string, own: Belief[]): string => {
    const lost = own.map(({ profit }, day) => known[day]!.profit - profit);
    return line([name, ...cells(own, columns), cell(overDays(lost), 0), gaps(own)]);
  };
  return [
    '',
    '**Reaction.** What an owner gets who takes for granted that the grids work the trucks as is best for all, at any rent; beside one who knows they react.',
    '',
    heads(['', ...columns.map(({ head }) => head), 'lost by it', 'gap, %']),
    line(['reaction known', ...cells(known, columns), '', gaps(known)]),
    row(
      'ignored, rent at the break-even of all grids',
      results.map(({ atBreakEven }) => atBreakEven),
    ),
    row(
      'ignored, highest rent of the definition',
      results.map(({ atHighest }) => atHighest),
    ),
  ];
}

const cells = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] =>
  columns.map(({ of, digits }) => cell(overDays(rows.map(of)), digits));

const differences = <Row>(a: readonly Row[], b: readonly Row[], columns: readonly Column<Row>[]): string[] =>
  columns.map(({ of, digits }) => cell(overDays(a.map((row, day) => of(row) - of(b[day]!))), digits));

function cell({ mean, low, high }: OverDays, digits: number): string {
  const shown = (value: number): string => value.toFixed(digits).replace('-', '−');
  return Number.isNaN(low) ? shown(mean) : `${shown(mean)} (${shown(low)} … ${shown(high)})`;
}

function gaps(rows: readonly { gap: number }[]): string {
  const all = rows.map(({ gap }) => 100 * gap);
  return `${overDays(all).mean.toFixed(1)}; ${Math.max(...all).toFixed(1)}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
const heads = (row: readonly string[]): string =>
  `${line(row)}\n|---|${row
    .slice(1)
    .map(() => '--:|')
    .join('')}`;

/**
 * Shared mobile storage at scale: `node bench/sms.ts [seconds] [days whose name begins so]`. For each day the best profit, the proven bound and gap, and when the gap fell below 5, 2,
 * 1 and 0.01 % (the last counts as proven). A day with each accelerator switched off; and the whole bilevel problem as one program (an oracle of the tests) beside the decomposition on
 * days it can do. `seconds` are of all processors together, so that other work on the machine changes little but the wall time; the first day gets all of them, others their share. The
 * day on feeders gets two and a half times as many on the clock, whatever the processors do meanwhile: 300 s of 120, as its target says.
 */
import { loadavg } from 'node:os';
import { CancelSource } from '../src-main/base/cancel.ts';
import { createHelperThreads } from '../src-main/hosts/threads/helper-threads.ts';
import { buildMonolith } from '../src-main/models/sms/fixtures/monolith.ts';
import { withoutTrucks } from '../src-main/models/sms/pattern.ts';
import type { SmsRound } from '../src-main/models/sms/plan.ts';
import type { SmsProblem } from '../src-main/models/sms/problem.ts';
import { balanceDuals, extremePrograms, worthRanges } from '../src-main/models/sms/worth.ts';
import { exactSolve } from '../src-main/planning/exact-solve.ts';
import { smsTuning, type SmsTuning } from '../src-main/planning/sms/sms-tuning.ts';
import { solveSms } from '../src-main/planning/sms/solve-sms.ts';
import { createSolverPool } from '../src-main/solver/pool.ts';
import { checkSmsPlan } from '../src-main/verify/check-sms-plan.ts';
import { ieee33, mobileDay, siouxFalls, type MobileDayWish } from './mobile-day.ts';
import { writeRecord, type RatioResult } from './record.ts';

const seconds = Number(process.argv[2] ?? 120);
const pool = createSolverPool({ workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url), size: 3 });
const helpers = createHelperThreads({
  helperUrl: new URL('../src-main/hosts/threads/helper-entry.ts', import.meta.url),
});
const proven = 1e-4;
/** However busy the machine is, no day takes longer than this many times its processor seconds. */
const patience = 4;

interface DayResult extends RatioResult {
  outcome: string;
  /** On the clock, and of all processors together. */
  seconds: number;
  processorSeconds: number;
  profitUsd: number | null;
  boundUsd: number | null;
  gap: number | null;
  /** Seconds until the gap was at most so many per cent; null where it never was. */
  secondsToPercent: Record<string, number | null>;
  routes: number;
  days: number;
  passedCheck: boolean | null;
  /** Processes waiting for a processor when it ended, mean of a minute: above the number of processors, seconds say less. */
  load: number;
}

const results: DayResult[] = [];
/** Only days whose name begins so are measured; the rest of the record stays as it is. */
const only = process.argv[3] ?? '';

async function run(
  name: string,
  problem: SmsProblem,
  limit: number,
  { tuning = smsTuning, clockSeconds = patience * limit }: { tuning?: SmsTuning; clockSeconds?: number } = {},
): Promise<void> {
  if (!name.startsWith(only)) return;
  const rounds: SmsRound[] = [];
  const startedAt = performance.now();
  const usedAtFirst = processorSeconds();
  const stop = new CancelSource();
  const watch = setInterval(() => {
    if (processorSeconds() - usedAtFirst > limit) stop.cancel();
  }, 100);
  const options = { ...exactSolve, timeLimitSeconds: clockSeconds, relativeGap: proven, stopSignal: stop };
  const answer = await solveSms(problem, pool, options, (round) => rounds.push(round), { tuning, helpers });
  clearInterval(watch);
  const when = (percent: number): number | null =>
    rounds.find(({ gap }) => gap !== null && gap <= percent / 100 + 1e-9)?.elapsedSeconds ?? null;
  const plan = 'plan' in answer ? answer.plan : null;
  keep({
    name,
    outcome: answer.kind,
    seconds: (performance.now() - startedAt) / 1000,
    processorSeconds: processorSeconds() - usedAtFirst,
    profitUsd: plan?.ownerProfitUsd ?? null,
    boundUsd: 'plan' in answer ? answer.upperBoundUsd : null,
    gap: 'plan' in answer ? answer.gap : null,
    secondsToPercent: { 5: when(5), 2: when(2), 1: when(1), 0.01: when(0.01) },
    routes: rounds.at(-1)?.routes ?? 0,
    days: rounds.at(-1)?.patterns ?? 0,
    passedCheck: plan === null ? null : checkSmsPlan(problem, plan).passed,
  });
}

function keep(measured: Omit<DayResult, 'load' | keyof Omit<RatioResult, 'name'>>): void {
  const { profitUsd: found, boundUsd: bound } = measured;
  const ratio = found === null || bound === null || found <= 0 ? NaN : bound / found;
  const result = {
    ...measured,
    load: loadavg()[0]!,
    ours: 'proven bound',
    reference: 'best profit found',
    rounds: 1,
    ratio,
  };
  results.push(result);
  const { name, outcome, gap, profitUsd, boundUsd } = result;
  const amount = (usd: number | null): string => (usd === null ? '–' : usd.toFixed(2));
  const percent = gap === null ? '–' : `${(100 * gap).toFixed(2)} %`;
  process.stdout.write(
    `${name}: ${outcome}, ${amount(profitUsd)} of at most ${amount(boundUsd)} USD, gap ${percent}, ${result.processorSeconds.toFixed(0)} s of processors in ${result.seconds.toFixed(0)} s, load ${result.load.toFixed(1)}\n`,
  );
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The bilevel problem as one program: what it proves and finds in the same time. */
async function runMonolith(name: string, problem: SmsProblem, limit: number): Promise<void> {
  if (!name.startsWith(only)) return;
  const startedAt = performance.now();
  const usedAtFirst = processorSeconds();
  const base = withoutTrucks(problem);
  const programs = [base.program, ...extremePrograms(problem)];
  const outcomes = await pool.solveSequence(programs, { ...exactSolve, method: 'simplex' });
  const duals = outcomes.map((outcome, i) => {
    if (outcome.kind !== 'optimal') throw new Error(`the grids alone are ${outcome.kind}`);
    return balanceDuals(problem, programs[i]!, outcome.solution.rowDuals);
  });
  const [first] = outcomes;
  const worth = worthRanges(problem, duals[1]!, duals[2]!);
  const idleCostUsd = first?.kind === 'optimal' ? first.solution.objective : null;
  const outcome = await pool.solve(buildMonolith(problem, { idleCostUsd, worth }), {
    ...exactSolve,
    timeLimitSeconds: patience * limit,
    relativeGap: proven,
    explainInfeasibility: 'no',
  });
  const solved = 'solution' in outcome;
  const profitUsd = solved ? -outcome.solution.objective : null;
  const boundUsd = solved ? -outcome.bound : null;
  keep({
    name,
    outcome: outcome.kind,
    seconds: (performance.now() - startedAt) / 1000,
    processorSeconds: processorSeconds() - usedAtFirst,
    profitUsd,
    boundUsd,
    gap: profitUsd === null || boundUsd === null ? null : (boundUsd - profitUsd) / Math.max(1, Math.abs(profitUsd)),
    secondsToPercent: {},
    routes: 0,
    days: 0,
    passedCheck: null,
  });
}

const cap: MobileDayWish['prices'] = { kind: 'cap', usdPerMwh: 200 };
const two = { grids: 2, trucks: 2, stationsPerGrid: 3, slots: 24, seed: 1, feeder: null, activityFeeUsd: 0 };
const menu: MobileDayWish['prices'] = { kind: 'menu', usdPerMwh: [5, 15, 30, 50, 80] };

try {
  const day = mobileDay({ ...two, prices: cap });
  await run(`(a) ${day.name}`, day, seconds);
  await run(`(a) ${day.name}: no core`, day, seconds / 2, { tuning: { ...smsTuning, core: 'off' } });
  const four = mobileDay({ ...two, trucks: 4, prices: cap });
  const off: [string, Partial<SmsTuning>][] = [
    ['as it is', {}],
    ['prices swing: no inertia', { inertia: 0 }],
    ['like trucks told apart', { symmetry: 'each' }],
    ['one branch at a time', { width: 1 }],
    ['no days to begin with', { firstDays: 'none' }],
    ['every branch solved to its end', { earlyShare: 0 }],
    ['work told apart at halves of full power', { finerParts: [] }],
    ['work told apart at quarters everywhere', { workParts: [2, 4], finerParts: [] }],
    ['one new day of a kind of truck at a time', { daysAtOnce: 1 }],
    ['no day left out of a mixture', { mostDays: 1e6 }],
    ['branches keep all arcs', { rooms: 'off' }],
    ['branches cut where revenue is most overstated', { cutsTried: 1 }],
    ['prices of work free to swing', { nearUsd: 1e6 }],
    ['revenue by the kinds of trucks', { revenue: 'by-kind' }],
    ['revenue by power alone', { revenue: 'by-power' }],
    ['revenue by the number of trucks', { revenue: 'by-trucks' }],
    ['every mixture from nothing', { start: 'nothing' }],
    ['no search for better fleets', { fleetShare: 0 }],
  ];
  for (const [name, change] of off)
    await run(`(s) ${four.name}: ${name}`, four, seconds / 4, { tuning: { ...smsTuning, ...change } });
  await run('(a) from a menu of five', mobileDay({ ...two, prices: menu }), seconds / 2);
  const small = mobileDay({
    ...two,
    slots: 8,
    stationsPerGrid: 1,
    trucks: 1,
    prices: { kind: 'menu', usdPerMwh: [10, 40] },
  });
  await run(`menu of two: ${small.name}`, small, seconds / 2);
  await runMonolith(`one program: ${small.name}`, small, seconds / 2);
  const longer = mobileDay({ ...two, slots: 12, trucks: 1, prices: { kind: 'menu', usdPerMwh: [10, 40] } });
  await run(`menu of two: ${longer.name}`, longer, seconds / 2);
  await runMonolith(`one program: ${longer.name}`, longer, seconds / 2);
  const pair = mobileDay({ ...two, slots: 12, prices: { kind: 'menu', usdPerMwh: [10, 40] } });
  await run(`menu of two: ${pair.name}`, pair, seconds / 2);
  await runMonolith(`one program: ${pair.name}`, pair, seconds / 2);
  const feeder = ieee33();
  const roads = await siouxFalls();
  if (feeder === null || roads === null)
    process.stdout.write('(b) skipped: the 33-bus feeder and the roads of Sioux Falls are not beside the repository\n');
  else {
    const large = mobileDay({ ...two, grids: 3, trucks: 5, feeder, roads, prices: cap });
    await run(`(b) ${large.name}, each on 33 buses, Sioux Falls`, large, Infinity, { clockSeconds: 2.5 * seconds });
  }
  const huge = mobileDay({ ...two, grids: 6, trucks: 10, stationsPerGrid: 2, slots: 48, prices: cap });
  await run(`(c) ${huge.name}`, huge, seconds * 1.25);
} finally {
  await pool.dispose();
  writeRecord('sms', results, { measured: only === '' ? 'all' : 'some' });
}

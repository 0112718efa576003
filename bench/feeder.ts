/**
 * Branch flow by tangents against the program without its cones, and against linear DistFlow: `node bench/feeder.ts`, or with names of instances
 * ("33 x 24") to run those alone; the rest of the record then stands.
 *
 * IEEE 33, 69 and the balanced equivalent of IEEE 123, 24 hours and 96 quarters of an hour: six batteries, four wind parks, and a voltage limit that binds
 * in the evening. Two statements of the cones: one for each branch and slot, and those of a slot projected onto what is drawn at its buses. Solved
 * to 1e-6 either way; both must agree, and every dispatch must pass its AC flow, else the run stops. Kept are the ratios of one run, the rounds and
 * the tangents.
 */
import { readFileSync } from 'node:fs';
import { buildFeeder, type BuiltFeeder, type ConeStatement } from '../src-main/models/feeder/build-feeder.ts';
import { feederTree } from '../src-main/models/feeder/feeder-tree.ts';
import type { Feeder } from '../src-main/models/feeder/feeder.ts';
import type { FeederProblem } from '../src-main/models/feeder/problem.ts';
import { exactSolve } from '../src-main/planning/exact-solve.ts';
import { createSolverPool } from '../src-main/solver/pool.ts';
import { checkFeeder } from '../src-main/verify/check-feeder.ts';
import { powerFlow } from '../src-main/verify/power-flow.ts';
import { describePair, measurePair, writeRecord, type PairResult } from './record.ts';

interface FeederResult extends PairResult {
  rows: number;
  columns: number;
  cones: number;
  /** Of the cut scheme: programs solved, tangents added in all and in each round. */
  cutRounds: number;
  tangents: number;
  tangentsPerRound: number;
  largestViolation: number;
  objective: number;
}

interface Grid {
  feeder: Feeder;
  loads: { bus: string; pMw: number; qMvar: number }[];
}

const grids: Record<string, string> = {
  '33': '../db/demo/ieee33',
  '69': './feeders/ieee69',
  '123': './feeders/ieee123',
};
const options = { ...exactSolve, timeLimitSeconds: 300, explainInfeasibility: 'no' as const };
const devices = { batteries: 6, wind: 4 };
/** Of the feeder's own load: at most at night and in the evening. */
const loadScale = (hour: number): number =>
  0.6 + 0.25 * Math.exp(-(((hour - 18.5) / 3) ** 2)) - 0.15 * Math.exp(-(((hour - 4) / 3) ** 2));
const pricePerMwh = (hour: number): number =>
  90 +
  60 * Math.exp(-(((hour - 19) / 2.5) ** 2)) +
  30 * Math.exp(-(((hour - 8) / 2) ** 2)) -
  25 * Math.exp(-(((hour - 13) / 3) ** 2));

function readGrid(stem: string): Grid {
  const table = (name: string): Record<string, string>[] => {
    const [header, ...lines] = readFileSync(new URL(`${stem}-${name}.csv`, import.meta.url), 'utf8')
      .trim()
      .split(/\r?\n/);
    const names = header!.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])));
  };
  const buses = table('buses');
  const ohms = Number(buses[0]!['base_kv']) ** 2;
  return {
    feeder: {
      name: stem,
      slackBus: buses.find((bus) => bus['type'] === '3')!['bus']!,
      slackVoltagePu: 1,
      voltageMinPu: 0.9,
      voltageMaxPu: 1.1,
      capacitors: buses
        .filter((bus) => Number(bus['capacitor_kvar'] ?? 0) > 0)
        .map((bus) => ({ bus: bus['bus']!, mvar: Number(bus['capacitor_kvar']) / 1000 })),
      branches: table('branches')
        .filter((branch) => branch['status'] === '1')
        .map((branch) => ({
          from: branch['from']!,
          to: branch['to']!,
          rPu: Number(branch['r_ohm']) / ohms,
          xPu: Number(branch['x_ohm']) / ohms,
          limitMva: null,
        })),
    },
    loads: buses
      .filter((bus) => Number(bus['load_kw']) > 0)
      .map((bus) => ({
        bus: bus['bus']!,
        pMw: Number(bus['load_kw']) / 1000,
        qMvar: Number(bus['load_kvar']) / 1000,
      })),
  };
}

/** Devices stand at loads spread evenly over the table; the limit lies above what the evening's load alone leaves. */
function instance(name: string, { feeder, loads }: Grid, slots: number): FeederProblem {
  const slotHours = 24 / slots;
  const hours = Array.from({ length: slots }, (_, slot) => (slot + 0.5) * slotHours);
  const totalMw = loads.reduce((sum, { pMw }) => sum + pMw, 0);
  const spread = (count: number, offset: number): string[] =>
    Array.from({ length: count }, (_, k) => loads[Math.floor(((k + offset) * loads.length) / count)]!.bus);
  const tree = feederTree(feeder);
  const peak = Math.max(...hours.map(loadScale));
  const at = new Map(loads.map((load) => [load.bus, load]));
  const alone = powerFlow(tree, feeder.slackVoltagePu, {
    pMw: tree.buses.map((bus) => peak * (at.get(bus)?.pMw ?? 0)),
    qMvar: tree.buses.map((bus) => peak * (at.get(bus)?.qMvar ?? 0)),
  });
  const powerMw = 0.05 * totalMw;
  return {
    name,
    currency: 'EUR',
    slots,
    slotHours,
    feeder: { ...feeder, voltageMinPu: Math.min(...alone.voltagePu) + 0.002 },
    network: 'branch-flow',
    loads: loads.map(({ bus, pMw, qMvar }) => ({
      bus,
      pMw: hours.map((hour) => pMw * loadScale(hour)),
      qMvar: hours.map((hour) => qMvar * loadScale(hour)),
    })),
    wind: spread(devices.wind, 0.9).map((bus, k) => ({
      bus,
      availableMw: hours.map((hour) => 0.04 * totalMw * (1 + 0.6 * Math.sin(hour / 3 + k))),
      costPerMwh: 5,
      reactiveMvar: [-0.01 * totalMw, 0.01 * totalMw],
    })),
    batteries: spread(devices.batteries, 0.95).map((bus, k) => ({
      id: `battery ${k + 1}`,
      bus,
      chargeMaxMw: hours.map(() => powerMw),
      dischargeMaxMw: hours.map(() => powerMw),
      costPerMwh: 3,
      efficiency: 0.95,
      initialMwh: 2 * powerMw,
      minMwh: 0.4 * powerMw,
      maxMwh: 4 * powerMw,
      required: { mwh: 2 * powerMw, afterSlot: slots - 1 },
    })),
    pricePerMwh: hours.map(pricePerMwh),
    importMaxMw: 3 * totalMw,
    squaredCurrentMaxPu: 1000,
    priceEllipsoid: null,
  };
}

const pool = createSolverPool({ workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url), size: 1 });

class OutOfTime extends Error {}

async function solved({ program, read }: BuiltFeeder, what: string) {
  const outcome = await pool.solve(program, options);
  if (outcome.kind === 'failed' && outcome.problem.includes('time'))
    throw new OutOfTime(`${what}: no end within ${options.timeLimitSeconds} s`);
  if (outcome.kind !== 'optimal')
    throw new Error(`${what}: ${outcome.kind} ${'problem' in outcome ? outcome.problem : ''}`);
  return { schedule: read(outcome.solution), statistics: outcome.statistics, objective: outcome.solution.objective };
}

async function measured(problem: FeederProblem, cones: ConeStatement, rounds: number): Promise<FeederResult[]> {
  const built = buildFeeder(problem, cones);
  const { program } = built;
  const alone: BuiltFeeder = { ...built, program: { ...program, cones: [] } };
  const linear = buildFeeder({ ...problem, network: 'lindistflow' });
  const how = cones === 'each' ? 'a cone for each branch' : 'cones projected';
  const ours = await solved(built, `${problem.name}, ${how}`);
  const check = checkFeeder(problem, feederTree(problem.feeder), ours.schedule);
  if (!check.report.passed) throw new Error(`${problem.name}, ${how}: ${check.report.breaches[0]?.sentence}`);
  const { rounds: cutRounds, tangents, largestViolation } = ours.statistics.cones!;
  const told = {
    rows: program.rowCount,
    columns: program.columnCount,
    cones: program.cones.length,
    cutRounds,
    tangents,
    tangentsPerRound: Math.round(tangents / Math.max(1, cutRounds - 1)),
    largestViolation,
    objective: ours.objective,
  };
  const against = async (reference: string, other: BuiltFeeder): Promise<FeederResult> => {
    const pair = await measurePair({
      name: `${problem.name}, ${how}, against ${reference}`,
      ours: 'tangents to 1e-6',
      reference,
      rounds,
      runOurs: () => solved(built, how),
      runReference: () => solved(other, reference),
    });
    process.stdout.write(`${describePair(pair)}; ${cutRounds} rounds, ${tangents} tangents\n`);
    return { ...pair, ...told };
  };
  return [await against('the same without its cones', alone), await against('linear DistFlow', linear)];
}

const wanted = process.argv.slice(2);
const results: FeederResult[] = [];
try {
  for (const [buses, stem] of Object.entries(grids))
    for (const slots of [24, 96]) {
      const name = `${buses} x ${slots}`;
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const problem = instance(name, readGrid(stem), slots);
      const projected = await measured(problem, 'projected', 3);
      results.push(...projected);
      const each = await measured(problem, 'each', 1).catch((thrown: unknown) => {
        if (!(thrown instanceof OutOfTime)) throw thrown;
        process.stdout.write(`${thrown.message}\n`);
        return [];
      });
      const apart = each[0] ? Math.abs(projected[0]!.objective / each[0].objective - 1) : 0;
      if (apart > 5e-6) throw new Error(`${name}: the two statements differ by ${apart}`);
      results.push(...each);
    }
} finally {
  await pool.dispose();
}
writeRecord('feeder', results, { measured: wanted.length === 0 ? 'all' : 'some' });

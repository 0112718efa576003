/**
 * Gas commitment, negative prices and 200 separate cars against the same programs without integers: `node bench/commitment.ts`.
 *
 * Ours is the whole answer (`solveV2g`: build, solve, find flows that run both ways, solve again with binaries, read back); the
 * reference is one linear program, the same rows with every integer column continuous. The ratio says what the yes-or-no
 * decisions cost, whatever the machine. Each instance must end within the gap a day of operation asks for and pass the
 * independent check, else the run stops.
 */
import { buildV2g } from '../src-main/models/v2g/build-v2g.ts';
import { zhou2017Problem } from '../src-main/models/v2g/case-zhou2017.ts';
import type { Ev, GasUnit, V2gProblem } from '../src-main/models/v2g/problem.ts';
import { operationSolve } from '../src-main/planning/operation-solve.ts';
import { solveV2g } from '../src-main/planning/plan/solve-v2g.ts';
import { createSolverPool } from '../src-main/solver/pool.ts';
import { checkPlan } from '../src-main/verify/check-plan.ts';
import { recordPairs, type BenchPair } from './record.ts';

const options = { ...operationSolve, timeLimitSeconds: 120, explainInfeasibility: 'no' as const };
/** Slots with a negative market price: the windy night and the sunny noon. */
const negativeSlots = new Set([0, 1, 2, 3, 28, 29, 30, 31, 32, 33, 45, 46, 47]);

type Cars = 'one by one' | 'in classes';

/** Two of every car of the reference case, no two alike ("one by one"), or rows of two identical cars ("in classes"). */
function cars(evs: readonly Ev[], how: Cars): Ev[] {
  if (how === 'in classes')
    return evs.map((ev) => ({
      ...ev,
      cars: 2,
      capacityKwh: 2 * ev.capacityKwh,
      initialKwh: 2 * ev.initialKwh,
      minKwh: 2 * ev.minKwh,
      maxKwh: 2 * ev.maxKwh,
      requiredKwh: 2 * ev.requiredKwh,
      chargeKw: 2 * ev.chargeKw,
      dischargeKw: 2 * ev.dischargeKw,
    }));
  return evs.flatMap((ev, index) =>
    [1, 1 - 0.002 * (index % 17)].map((scale, copy) => ({
      ...ev,
      id: `${ev.id}-${copy + 1}`,
      initialKwh: ev.minKwh + scale * (ev.initialKwh - ev.minKwh),
    })),
  );
}

const unit = (id: string, parts: Partial<GasUnit>, base: GasUnit): GasUnit => ({
  ...base,
  id,
  name: id,
  commitment: 'committed',
  noLoadPerHour: 6,
  startUpCost: 35,
  minimumUpHours: 3,
  minimumDownHours: 2,
  ...parts,
});

function instance(how: Cars, prices: 'negative at times' | 'never negative', saleShare: number): V2gProblem {
  const base = zhou2017Problem();
  const gas = base.gas[0]!;
  const price = (slot: number): number =>
    prices === 'negative at times' && negativeSlots.has(slot)
      ? -0.04 - 0.002 * (slot % 5)
      : 0.14 + 0.08 * Math.sin((2 * Math.PI * (slot - 8)) / 48) + 0.004 * (slot % 3);
  const buyPerKwh = Array.from({ length: base.slots }, (_, slot) => price(slot));
  return {
    ...base,
    evs: cars(base.evs, how),
    gas: [
      unit('gas-1', { minKw: 250, maxKw: 900 }, gas),
      unit('gas-2', { minKw: 120, maxKw: 500, noLoadPerHour: 4, startUpCost: 15 }, gas),
      unit('gas-3', { minKw: 60, maxKw: 300, noLoadPerHour: 3, startUpCost: 8, minimumUpHours: 1 }, gas),
    ],
    grid: {
      importLimitKw: 400,
      exportLimitKw: 400,
      buyPerKwh,
      sellPerKwh: buyPerKwh.map((perKwh) => saleShare * perKwh),
    },
    lossShare: 0.02,
    dischargePerKwh: 0.02,
    reserve: { shareOfLoad: 0.08, counts: 'spinning' },
    uncertainty: { ...base.uncertainty, protection: 3 },
  };
}

const pool = createSolverPool({ workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url), size: 1 });

function pair(name: string, problem: V2gProblem): BenchPair {
  const { integrality: _, ...relaxed } = buildV2g(problem).program;
  const binaries = buildV2g(problem).program.integrality.filter((kind) => kind === 1).length;
  return {
    name: `${name} (${problem.evs.length} rows of cars, ${binaries} on/off decisions)`,
    ours: 'solved and checked',
    reference: 'linear relaxation',
    rounds: 1,
    runOurs: async () => {
      const answer = await solveV2g(problem, pool, options);
      if (answer.kind !== 'optimal') throw new Error(`${name}: ${JSON.stringify(answer).slice(0, 200)}`);
      const check = checkPlan(problem, answer.schedule);
      if (!check.passed) throw new Error(`${name}: ${check.breaches[0]?.sentence}`);
    },
    runReference: async () => {
      const outcome = await pool.solve({ ...relaxed, integrality: new Uint8Array(0) }, options);
      if (outcome.kind !== 'optimal') throw new Error(`${name}, relaxed: ${outcome.kind}`);
    },
  };
}

try {
  await recordPairs('commitment', [
    pair('commitment, prices above zero', instance('one by one', 'never negative', 0.9)),
    pair('commitment, negative prices', instance('one by one', 'negative at times', 0.9)),
    pair('commitment, negative prices, identical cars in classes', instance('in classes', 'negative at times', 0.9)),
  ]);
} finally {
  await pool.dispose();
}

/**
 * Replaying the reference plan on 100,000 drawn days against drawing the same days component by component and doing nothing with
 * them: `node bench/simulate.ts`. Below 1, the replay costs less than the draws it saves.
 */
import { seededRandom } from '../src-main/base/random.ts';
import { buildV2g } from '../src-main/models/v2g/build-v2g.ts';
import { zhou2017Problem } from '../src-main/models/v2g/case-zhou2017.ts';
import { createSolverPool } from '../src-main/solver/pool.ts';
import { defaultSolveOptions } from '../src-main/solver/solver.ts';
import { simulate } from '../src-main/verify/simulate.ts';
import { recordPairs } from './record.ts';

const days = 100_000;
const base = zhou2017Problem();
const problem = { ...base, uncertainty: { ...base.uncertainty, protection: 4 } };
const built = buildV2g(problem);
const pool = createSolverPool({ workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url), size: 1 });
const outcome = await pool.solve(built.program, defaultSolveOptions);
await pool.dispose();
if (outcome.kind !== 'optimal') throw new Error(`the reference case is ${outcome.kind}`);
const schedule = built.read(outcome.solution);
const sdKw = problem.uncertainty.components.map(({ halfWidthKw }) => halfWidthKw.map((kw) => kw / 2));

const pairs = await recordPairs('simulate', [
  {
    name: `${days} days, ${problem.slots} slots, ${sdKw.length} components`,
    ours: 'simulate',
    reference: 'drawing every component',
    rounds: 5,
    runOurs: () => simulate(problem, schedule, { kind: 'normal', sdKw }, { days, seed: 1 }),
    runReference: () => {
      const random = seededRandom(1);
      let sum = 0;
      for (let draw = 0; draw < days * problem.slots * sdKw.length; draw++) sum += random.normal();
      if (Number.isNaN(sum)) throw new Error('not a number');
    },
  },
]);
for (const { name, medianOursMs } of pairs)
  console.log(`${name}: ${Math.round(days / (medianOursMs / 1000)).toLocaleString('en')} days a second`);

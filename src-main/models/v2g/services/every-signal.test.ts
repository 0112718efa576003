import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Term } from '../../../program/program.ts';
import { optimum } from '../../../robust/fixtures/test-solver.ts';
import type { RegulationSignals } from '../../../uncertainty/regulation-signal.ts';
import { buildV2g } from '../build-v2g.ts';
import { battery, gridAt, smallProblem } from '../fixtures/small-problem.ts';
import { regulationOf } from '../fixtures/small-services.ts';
import type { V2gProblem } from '../problem.ts';

const slots = 4;

describe('the counterpart against every signal on a grid, one row for each', () => {
  it.each([
    { windowSlots: 2, netShare: 0, runningHours: 1 },
    { windowSlots: 2, netShare: 0.25, runningHours: 0.5 },
    { windowSlots: 1, netShare: 0.5, runningHours: 0.5 },
    { windowSlots: 4, netShare: 0.25, runningHours: 1.5 },
  ])('finds the same optimum for $windowSlots slots, net $netShare, $runningHours h', async (signals) => {
    const paid = [0.3, 0.1, 0.2, 0.4];
    const price = [0.1, 0.3, 0.05, 0.2];
    const unit = battery({ initialKwh: 9, maxKwh: 20, finalMinKwh: 6 });
    const problem = smallProblem([30, 30, 30, 30], {
      storage: [unit],
      grid: gridAt(price, { exportLimitKw: 100, sellPerKwh: [0, 0, 0, 0] }),
      services: { regulation: regulationOf(4, { storage: ['battery-1'], capacityPricePerKwh: paid, signals }) },
    });
    const built = buildV2g(problem);
    const { objective } = await optimum(built.program);
    expect(objective).toBeCloseTo(await byEnumeration(problem, paid, price, signals), 6);
  });
});

/** The same day of one lossless battery with a row for each signal of half-slot steps of −1, 0 and 1, and each moment. */
async function byEnumeration(
  problem: V2gProblem,
  paid: number[],
  price: number[],
  signals: RegulationSignals,
): Promise<number> {
  const { initialKwh, maxKwh, minKwh, finalMinKwh, chargeKw } = problem.storage[0]!;
  const program = new ProgramBuilder('by enumeration');
  const windows = slots / signals.windowSlots;
  const column = (name: string, lower: number, upper: number, cost: number) =>
    program.addColumn({ name, lower, upper, cost });
  const base = paid.map((_, t) => column(`base ${t}`, -chargeKw, chargeKw, -price[t]!));
  const offered = Array.from({ length: windows }, (_, w) =>
    column(
      `offered ${w}`,
      0,
      chargeKw,
      -paid.slice(w * signals.windowSlots, (w + 1) * signals.windowSlots).reduce((a, b) => a + b),
    ),
  );
  program.addOffset(problem.loadKw.reduce((sum, kw, t) => sum + kw * price[t]!, 0));
  let row = 0;
  const add = (lower: number, upper: number, terms: Term[]) =>
    program.addRow({ name: `row ${row++}`, lower, upper, terms });
  base.forEach((own, t) => {
    const by = offered[Math.floor(t / signals.windowSlots)]!;
    add(-Infinity, chargeKw, [[own, 1], [by, 1]]); // prettier-ignore
    add(-Infinity, chargeKw, [[own, -1], [by, 1]]); // prettier-ignore
  });
  const halves = 2 * signals.windowSlots;
  const runs = runsOf(halves, signals);
  const ends = [Math.min(...runs.map((run) => run.at(-1)!)), Math.max(...runs.map((run) => run.at(-1)!))];
  for (let w = 0; w < windows; w++)
    for (const run of runs)
      // Windows are on their own, so what earlier ones leave is their least or most; each row takes one side of all of them.
      for (const end of ends)
        run.forEach((net, k) => {
          const time = w * signals.windowSlots + (k + 1) / 2;
          const terms: Term[] = [...base.map((own, t): Term => [own, -Math.max(0, Math.min(1, time - t))])];
          for (let before = 0; before < w; before++) terms.push([offered[before]!, -end]);
          terms.push([offered[w]!, -net]);
          const last = w === windows - 1 && k === halves - 1;
          add((last ? Math.max(minKwh, finalMinKwh) : minKwh) - initialKwh, maxKwh - initialKwh, terms);
        });
  const compiled = program.compile();
  expect(compiled.rowCount).toBeGreaterThan(20);
  return (await optimum(compiled)).objective;
}

/** Net hours after each half slot, of every sequence the set holds. */
function runsOf(halves: number, { windowSlots, netShare, runningHours }: RegulationSignals): number[][] {
  let runs: number[][] = [[]];
  for (let k = 0; k < halves; k++)
    runs = runs.flatMap((run) =>
      [-1, 0, 1]
        .map((side) => [...run, (run.at(-1) ?? 0) + side / 2])
        .filter((own) => Math.abs(own.at(-1)!) <= runningHours + 1e-9),
    );
  return runs.filter((run) => Math.abs(run.at(-1)!) <= netShare * windowSlots + 1e-9);
}

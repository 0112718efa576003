/** The cost curves of all grids and slots, each found exactly; all are evaluated in one linear program at a time. */
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { CurveExplorer } from '../../models/sms/marginal/curve-explorer.ts';
import { buildCurveProgram, reachesMw } from '../../models/sms/marginal/curve-program.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { Basis } from '../../program/basis.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';

export type CurvesOutcome =
  { kind: 'known'; curves: CostCurve[][] } | { kind: 'cancelled' } | { kind: 'failed'; problem: string };

/** [grid][slot], over all that the trucks can do there and a little beyond, so that a kink at the end is inside. */
export async function smsCurves(problem: SmsProblem, solver: Solver, options: SolveOptions): Promise<CurvesOutcome> {
  const explorers = reachesMw(problem).map((reach) => {
    const endMw = 1.001 * (reach.at(-1) ?? 0) + 0.001;
    return Array.from({ length: problem.slots }, () => new CurveExplorer(-endMw, endMw));
  });
  const curves = buildCurveProgram(problem);
  let from: Basis | null = null;
  for (;;) {
    const asked = explorers.map((slots) => slots.map((explorer) => explorer.next()));
    if (asked.flat().every((netMw) => netMw === null)) break;
    const netMw = asked.map((slots) => slots.map((mw) => mw ?? 0));
    // From one time to the next only the trucks' net powers change.
    const warm = { from, by: 'dual' as const };
    const outcome = await solver.solve(curves.at(netMw), {
      ...options,
      method: 'simplex',
      explainInfeasibility: 'no',
      warm,
    });
    if (outcome.kind === 'cancelled' || outcome.kind === 'feasible') return { kind: 'cancelled' };
    if (outcome.kind !== 'optimal') return { kind: 'failed', problem: `the grids by themselves are ${outcome.kind}` };
    from = outcome.solution.basis ?? null;
    const points = curves.read(netMw, outcome.solution.columns, outcome.solution.rowDuals);
    asked.forEach((slots, g) =>
      slots.forEach((mw, slot) => {
        if (mw !== null) explorers[g]![slot]!.record(points[g]![slot]!);
      }),
    );
  }
  return { kind: 'known', curves: explorers.map((slots) => slots.map((explorer) => explorer.curve())) };
}

/**
 * Branch flow in one slot (branch-flow.ts) with the columns of its branches left out: what is drawn at each bus that decides anything, the loss, and
 * the import are columns; currents and voltages follow from them, and every limit is met by tangents in them (program/tree-cones.ts).
 *
 *   import = Σ demand + loss,   loss ≥ Σ r ℓ(demand)
 *
 * Rows are those of the buses where something is decided, not of every branch: a program of a day hardly grows.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { ProgramBuilder, Term } from '../../program/program.ts';
import { treeFlow, type ConeTree } from '../../program/tree-flow.ts';
import { coneTolerance, type BranchFlowSlot, type Injection, type SlotFlow } from './branch-flow.ts';
import type { FeederTree } from './feeder.ts';

/** @param injections [bus] in the order of the tree. */
export function addProjectedFlow(
  program: ProgramBuilder,
  spec: BranchFlowSlot,
  tree: FeederTree,
  injections: readonly Injection[],
): SlotFlow {
  const drawn = (what: string, of: (injection: Injection) => AffineExpression): AffineExpression[] =>
    injections.map((injection, bus) => {
      const { terms, constant } = of(injection);
      if (terms.length === 0) return { terms: [], constant: -constant };
      const name = spec.name(what, tree.buses[bus]!);
      const column = program.addColumn({ name, lower: -Infinity, upper: Infinity });
      const inUnits = terms.map(([own, factor]): Term => [own, factor / spec.unitMw]);
      program.addRow({ name, lower: 0, upper: 0, terms: [[column, 1], ...inUnits] });
      return { terms: [[column, spec.unitMw]], constant: -constant };
    });
  const p = drawn('active power drawn', ({ active }) => active);
  const q = drawn('reactive power drawn', ({ reactive }) => reactive);
  const loss = program.addColumn({ name: spec.name('loss', null), lower: 0, upper: Infinity });
  const importMw = program.addColumn({ name: spec.name('import', null), ...spec.importMw });
  const fixedMw = p.reduce((sum, { constant }) => sum + constant, 0);
  program.addRow({
    name: spec.name('active balance', null),
    lower: fixedMw,
    upper: fixedMw,
    terms: [
      [importMw, 1],
      [loss, -spec.unitMw],
      ...p.flatMap(({ terms }) => terms.map(([column, factor]): Term => [column, -factor])),
    ],
  });
  const coneTree: ConeTree = { parent: tree.parent, r: tree.rPu, x: tree.xPu, s: tree.shuntMvar };
  const rootSquare = spec.slackVoltagePu ** 2;
  const limits = tree.limitMva.flatMap((limitMva, bus) =>
    limitMva === null ? [] : [{ bus, limit: spec.lineLimit(bus, limitMva) }],
  );
  program.addCone({
    name: spec.name('losses and limits', null),
    tree: coneTree,
    rootSquare,
    p,
    q,
    loss: { terms: [[loss, spec.unitMw]], constant: 0 },
    least: tree.buses.map((_, bus) => (bus === 0 ? -Infinity : spec.squaredVoltage(bus).lower)),
    most: tree.buses.map((_, bus) => (bus === 0 ? Infinity : spec.squaredVoltage(bus).upper)),
    sides: limits.flatMap(({ bus, limit }) =>
      Array.isArray(limit) ? limit.map(({ along, most }) => ({ node: bus, along, most })) : [],
    ),
    circles: limits.flatMap(({ bus, limit }) => (Array.isArray(limit) ? [] : [{ node: bus, ...limit }])),
    tolerance: coneTolerance,
  });
  return {
    importMw,
    activeFlow: tree.buses.map(() => null),
    reactiveFlow: tree.buses.map(() => null),
    squaredVoltage: tree.buses.map(() => null),
    loss: [[loss, spec.unitMw]],
    drawn: { p, q },
    read: (valueOf) => {
      const at = ({ terms, constant }: AffineExpression): number =>
        terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), constant);
      const demand = { p: p.map(at), q: q.map(at) };
      const { squaredVoltage, loss: lossMw, q: reactive } = treeFlow(coneTree, rootSquare, demand);
      const fromRoot = tree.children[0]!.reduce((sum, bus) => sum + reactive[bus]!, 0);
      return {
        voltagePu: Array.from(squaredVoltage, (square) => Math.sqrt(square)),
        lossMw,
        suppliedLossMw: spec.unitMw * valueOf(loss),
        importMvar: demand.q[0]! - tree.shuntMvar[0]! * rootSquare + fromRoot,
      };
    },
  };
}

/**
 * The rows of one slot on a radial feeder. For the branch that feeds bus j from bus i, per unit:
 *
 *   P_j − r ℓ_j = demand_j + Σ P_k,   Q_j − x ℓ_j = demand_j − b_j v_j + Σ Q_k          (k fed by j; b: capacitors)
 *   v_j = v_i − 2 (r P_j + x Q_j) + (r² + x²) ℓ_j
 *   ℓ_j v_i ≥ P_j² + Q_j²   ⇔   ‖(2 P_j, 2 Q_j, ℓ_j − v_i)‖ ≤ ℓ_j + v_i       (relaxed; tight when losses cost something)
 *
 * with P, Q at the sending end, ℓ the squared current and v the squared voltage. 'lindistflow' leaves ℓ out: linear, lossless, and
 * optimistic about voltages. A line limit ‖(P, Q)‖ ≤ S is a cone, or the sides of a polygon. Source: Farivar and Low
 * 2013; Baran and Wu 1989. The same with the inner columns left out: projected-flow.ts.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import type { FeederTree } from './feeder.ts';

/** What is put in at a bus, less what is taken out: columns and a constant, MW and Mvar. */
export interface Injection {
  active: AffineExpression;
  reactive: AffineExpression;
}

export interface Range {
  lower: number;
  upper: number;
}

/** ‖(P, Q) + s‖ ≤ radius for each shift s, MVA: what is asked of the line besides, at least [0, 0]. */
export interface LineCircle {
  radius: number;
  shifts: readonly (readonly [active: number, reactive: number])[];
}

/** along · (P, Q) ≤ most, MVA */
export interface LineSide {
  along: readonly [active: number, reactive: number];
  most: number;
}

export interface BranchFlowSlot {
  network: 'branch-flow' | 'lindistflow';
  slackVoltagePu: number;
  squaredCurrentMaxPu: number;
  /** Of each bus but the substation, per unit. */
  squaredVoltage: (bus: number) => Range;
  importMw: Range;
  /** Size of a unit of the injections' columns, MW; those made here for what is drawn have the same. */
  unitMw: number;
  /** Of the branch that feeds a bus with a limit: the sides of a polygon, or the circle itself. */
  lineLimit: (bus: number, limitMva: number) => LineSide[] | LineCircle;
  /** Of a row or column; `bus` is its name, null for what belongs to the substation's supply. */
  name: (what: string, bus: string | null) => string;
}

export interface SlotFlow {
  /** Power taken from the grid above at the substation. */
  importMw: Column;
  /** Power at the sending end of the branch that feeds each bus [bus]; null at the substation, and where columns are left out. */
  activeFlow: (Column | null)[];
  reactiveFlow: (Column | null)[];
  squaredVoltage: (Column | null)[];
  /** Σ r ℓ, MW; empty without losses. */
  loss: Term[];
  /** What is drawn at each bus, MW and Mvar [bus]; where the columns of branches are left out. */
  drawn?: { p: AffineExpression[]; q: AffineExpression[] };
  read: (valueOf: (column: Column) => number) => FlowAnswer;
}

/** What the network model believes of a slot. */
export interface FlowAnswer {
  /** [bus] */
  voltagePu: number[];
  /** What flows lose, and what is supplied for it: the same, but where losses at other draws are to be supplied too. */
  lossMw: number;
  suppliedLossMw: number;
  importMvar: number;
}

/** Largest ‖·‖ − bound that is left of a cone, per unit. */
export const coneTolerance = 1e-6;

/** @param injections [bus] in the order of the tree. */
export function addBranchFlow(
  program: ProgramBuilder,
  spec: BranchFlowSlot,
  tree: FeederTree,
  injections: readonly Injection[],
): SlotFlow {
  const at = (what: string, bus: number): string => spec.name(what, tree.buses[bus]!);
  const perBus = (what: string, range: (bus: number) => Range): (Column | null)[] =>
    tree.buses.map((_, bus) => (bus === 0 ? null : program.addColumn({ name: at(what, bus), ...range(bus) })));
  const free = (): Range => ({ lower: -Infinity, upper: Infinity });
  const squaredVoltage = perBus('squared voltage', spec.squaredVoltage);
  const activeFlow = perBus('active flow', free);
  const reactiveFlow = perBus('reactive flow', free);
  const squaredCurrent =
    spec.network === 'lindistflow'
      ? tree.buses.map(() => null)
      : perBus('squared current', () => ({ lower: 0, upper: spec.squaredCurrentMaxPu }));
  const importMw = program.addColumn({ name: spec.name('import', null), ...spec.importMw });
  const importMvar = program.addColumn({ name: spec.name('reactive import', null), ...free() });

  const balance = (
    what: string,
    bus: number,
    flow: readonly (Column | null)[],
    impedance: readonly number[],
    injection: AffineExpression,
    supply: Column,
  ): void => {
    const current = squaredCurrent[bus]!;
    const into: Term[] = bus === 0 ? [[supply, 1]] : [[flow[bus]!, 1]];
    const shunt = impedance === tree.xPu ? tree.shuntMvar[bus]! : 0;
    if (bus > 0 && shunt > 0) into.push([squaredVoltage[bus]!, shunt]);
    const given = injection.constant + (bus === 0 ? shunt * spec.slackVoltagePu ** 2 : 0);
    if (bus > 0 && current !== null) into.push([current, -impedance[bus]!]);
    program.addRow({
      name: at(what, bus),
      lower: -given,
      upper: -given,
      terms: [...into, ...injection.terms, ...tree.children[bus]!.map((child): Term => [flow[child]!, -1])],
    });
  };
  tree.buses.forEach((_, bus) => {
    const { active, reactive } = injections[bus]!;
    balance('active balance', bus, activeFlow, tree.rPu, active, importMw);
    balance('reactive balance', bus, reactiveFlow, tree.xPu, reactive, importMvar);
    if (bus === 0) return;
    const parent = tree.parent[bus]!;
    const above: AffineExpression =
      parent === 0
        ? { terms: [], constant: spec.slackVoltagePu ** 2 }
        : { terms: [[squaredVoltage[parent]!, 1]], constant: 0 };
    const [p, q, current] = [activeFlow[bus]!, reactiveFlow[bus]!, squaredCurrent[bus]!];
    const [r, x] = [tree.rPu[bus]!, tree.xPu[bus]!];
    const drop: Term[] = [
      [squaredVoltage[bus]!, 1],
      ...above.terms.map(([column, factor]): Term => [column, -factor]),
      [p, 2 * r],
      [q, 2 * x],
    ];
    if (current !== null) drop.push([current, -(r * r + x * x)]);
    program.addRow({ name: at('voltage drop', bus), lower: above.constant, upper: above.constant, terms: drop });
    if (current !== null)
      program.addCone({
        name: at('current', bus),
        norm: [
          { terms: [[p, 2]], constant: 0 },
          { terms: [[q, 2]], constant: 0 },
          {
            terms: [[current, 1], ...above.terms.map(([column, factor]): Term => [column, -factor])],
            constant: -above.constant,
          },
        ],
        bound: { terms: [[current, 1], ...above.terms], constant: above.constant },
        tolerance: coneTolerance,
      });
    addLineLimit(program, spec, (what) => at(what, bus), tree.limitMva[bus]!, bus, [p, q]);
  });
  const loss = squaredCurrent.flatMap((column, bus): Term[] => (column === null ? [] : [[column, tree.rPu[bus]!]]));
  return {
    importMw,
    activeFlow,
    reactiveFlow,
    squaredVoltage,
    loss,
    read: (valueOf) => {
      const lossMw = loss.reduce((sum, [column, r]) => sum + r * valueOf(column), 0);
      return {
        voltagePu: squaredVoltage.map((column) =>
          column === null ? spec.slackVoltagePu : Math.sqrt(Math.max(0, valueOf(column))),
        ),
        lossMw,
        suppliedLossMw: lossMw,
        importMvar: valueOf(importMvar),
      };
    },
  };
}

function addLineLimit(
  program: ProgramBuilder,
  { lineLimit }: BranchFlowSlot,
  name: (what: string) => string,
  limitMva: number | null,
  bus: number,
  [p, q]: readonly [Column, Column],
): void {
  if (limitMva === null) return;
  const limit = lineLimit(bus, limitMva);
  if (!Array.isArray(limit))
    program.addCone({
      name: name('line limit'),
      norm: [p, q].map((column) => ({ terms: [[column, 1]], constant: 0 })),
      bound: { terms: [], constant: limit.radius },
      shifts: limit.shifts,
      tolerance: coneTolerance,
    });
  else
    for (const [side, { along, most }] of limit.entries()) {
      const terms: Term[] = [
        [p, along[0]],
        [q, along[1]],
      ];
      program.addRow({ name: name(`line limit (side ${side + 1})`), lower: -Infinity, upper: most, terms });
    }
}

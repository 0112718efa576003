/**
 * What is lost on the way in each slot, as something that can be minimised.
 *
 *   branch flow:     Σ_j r_j ℓ_j, the model's own
 *   lindistflow:     L ≥ Σ_j r_j (P_j² + Q_j²) / V₀²   ⇔   ‖(2 √(r_j) P_j / V₀, 2 √(r_j) Q_j / V₀ …, L − 1)‖ ≤ L + 1
 *   no feeder:       share · (Σ g + Σ w + purchase)
 *
 * The linear model is lossless: its estimate is that of its own flows at the substation's voltage V₀, a convex quadratic, which enters as one cone for
 * each slot where it is asked for. It leaves out that voltages fall and that losses flow too, and so lies below the AC loss. Source: Baran and Wu 1989.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import type { Injection, SlotFlow } from '../feeder/branch-flow.ts';
import type { FeederTree } from '../feeder/feeder.ts';
import type { ValueOf } from './device.ts';

export interface SlotLoss {
  /** kW, to be minimised; for the linear model only where `estimated`. */
  lostKw: AffineExpression;
  /** kW, of a solution. */
  read: (valueOf: ValueOf) => number;
}

const kwPerMw = 1000;
/** L is in hundredths of a MW, so that it is of the size of one. */
const perMw = 100;
/** In the unit of L, of which the optimum may lie below what the flows lose; what a plan says it loses is read from its flows. */
const coneTolerance = 1e-4;

export const branchFlowLoss = ({ loss }: SlotFlow): SlotLoss =>
  linearLoss({ terms: loss.map(([column, mw]): Term => [column, kwPerMw * mw]), constant: 0 });

export interface LinearFlow {
  tree: FeederTree;
  slackVoltagePu: number;
  /** [bus] */
  injections: readonly Injection[];
  name: (what: string, bus: string | null) => string;
  /** 'columns': the program is to know of it. */
  wanted: 'columns' | 'reading';
}

export function linearFlowLoss(program: ProgramBuilder, flow: LinearFlow): SlotLoss {
  const { tree, name, wanted } = flow;
  const perSquaredMw = tree.rPu.map((r) => r / flow.slackVoltagePu ** 2);
  const behind = demandBehind(flow, flow.injections);
  const read = (valueOf: ValueOf): number => {
    const squared = (part: AffineExpression): number =>
      part.terms.reduce((sum, [column, factor]) => sum + factor * valueOf(column), part.constant) ** 2;
    return behind.reduce(
      (sum, { active, reactive }, bus) =>
        bus === 0 ? 0 : sum + kwPerMw * perSquaredMw[bus]! * (squared(active) + squared(reactive)),
      0,
    );
  };
  if (wanted === 'reading') return { lostKw: { terms: [], constant: 0 }, read };
  const lost = program.addColumn({ name: name('loss, estimated', null), lower: 0, upper: Infinity });
  const summed = flow.injections.map((own, bus) => summedUp(program, own, (what) => name(what, tree.buses[bus]!)));
  const short = demandBehind(flow, summed);
  const axes = short.flatMap(({ active, reactive }, bus): AffineExpression[] =>
    bus === 0 ? [] : [active, reactive].map((part) => scaled(part, 2 * Math.sqrt(perSquaredMw[bus]! * perMw))),
  );
  program.addCone({
    name: name('loss, estimated', null),
    norm: [...axes, { terms: [[lost, 1]], constant: -1 }],
    bound: { terms: [[lost, 1]], constant: 1 },
    tolerance: coneTolerance,
  });
  return { lostKw: { terms: [[lost, kwPerMw / perMw]], constant: 0 }, read };
}

/** What is taken at each bus and all behind it: the lossless flow of the branch that feeds it; capacitors at the substation's voltage. */
function demandBehind({ tree, slackVoltagePu }: LinearFlow, injections: readonly Injection[]): Injection[] {
  const behind = injections.map(({ active, reactive }, bus) => ({
    active: scaled(active, -1),
    reactive: added(scaled(reactive, -1), { terms: [], constant: -tree.shuntMvar[bus]! * slackVoltagePu ** 2 }),
  }));
  for (let bus = tree.buses.length - 1; bus > 0; bus--) {
    const above = behind[tree.parent[bus]!]!;
    above.active = added(above.active, behind[bus]!.active);
    above.reactive = added(above.reactive, behind[bus]!.reactive);
  }
  return behind;
}

/** The same with one column for all cars and devices of a bus: tangents then have a few terms instead of hundreds. */
function summedUp(program: ProgramBuilder, { active, reactive }: Injection, name: (what: string) => string): Injection {
  const summed = (part: AffineExpression, what: string): AffineExpression => {
    if (part.terms.length < 2) return part;
    const column = program.addColumn({ name: name(what), lower: -Infinity, upper: Infinity });
    program.addRow({ name: name(`sum of ${what}`), lower: 0, upper: 0, terms: [...part.terms, [column, -1]] });
    return { terms: [[column, 1]], constant: part.constant };
  };
  return { active: summed(active, 'power given'), reactive: summed(reactive, 'reactive power given') };
}

const scaled = ({ terms, constant }: AffineExpression, by: number): AffineExpression => ({
  terms: terms.map(([column, factor]): Term => [column, by * factor]),
  constant: by * constant,
});
const added = (a: AffineExpression, b: AffineExpression): AffineExpression => ({
  terms: [...a.terms, ...b.terms],
  constant: a.constant + b.constant,
});

/** @param generated columns of what is generated or bought in the slot */
export const flatLoss = (generated: readonly Column[], lossShare: number): SlotLoss =>
  linearLoss({ terms: generated.map((column): Term => [column, lossShare]), constant: 0 });

function linearLoss(lostKw: AffineExpression): SlotLoss {
  return {
    lostKw,
    read: (valueOf) => lostKw.terms.reduce((sum, [column, kw]) => sum + kw * valueOf(column), lostKw.constant),
  };
}

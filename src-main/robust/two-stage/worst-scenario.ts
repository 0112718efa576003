/**
 * The worst deviation of a budget for given first-stage decisions, exactly, as one mixed-integer program.
 *
 *   max_ξ min_y …  =  max { (b + ξ)ᵀπ + bounds : Aᵀπ + λ = q }         linear duality of the second stage
 *
 * ξ_t π_t is a product. A convex function is largest at a vertex of U: ⌊Γ⌋ slots full (u_t = 1) and one at the fraction f = Γ − ⌊Γ⌋ (v_t = 1). With u_t whole
 * the product w_t = u_t π_t is exact in w_t ≤ M u_t, w_t ≤ π_t, where M = `shortagePrice` is no guess: the slack of the row bounds its price by it. But no
 * price comes near M, and the relaxation would take every slot for a worst one. So the dual rows of the columns that can answer in a slot (a unit that
 * raises its output, a purchase) are multiplied by u_t and by 1 − u_t − v_t as well, every dual μ in them with a copy z = u_t μ:
 *
 *   Σ a z ≤ q u_t     Σ a (μ − z) ≤ q (1 − u_t)     0 ≤ z ≤ μ (μ ≥ 0)     z free (μ free)     and the objective has β_t z of the row's own price
 *
 * A price in a slot that moves in part is then one that its answers can hold in part, which is the dual of answers that are affine in u_t: the relaxation is
 * about as good as the best such rule, and the search has few slots left to settle.
 * Sources: Zeng and Zhao 2013, section 4; products of rows: Sherali and Adams 1990.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { movesOf, rowsOf, type Deviations, type TwoStageProgram } from './two-stage-program.ts';

export interface WorstScenarioProgram {
  /** Its objective is minus the second stage's cost (first-stage columns fixed, their cost included). */
  program: LinearProgram;
  /** How slots may move: whole, and in part where Γ is no whole number. Columns [slot], and how many of them may be 1. */
  moves: readonly { columns: readonly number[]; most: number }[];
  /** ξ [slot] of a solution. */
  read: (columns: ArrayLike<number>) => number[];
}

/** A dual of a row or of a bound, as it stands in the rows of the dual. */
interface Part {
  column: Column;
  sign: 1 | -1;
  isFree: boolean;
}

interface Dual {
  program: ProgramBuilder;
  /** Price of each deviating slot. */
  price: Column[];
  /** Σ a μ of a column's row of the dual, and between what it must lie. */
  rowOf: (column: number) => { terms: { part: Part; value: number }[]; lower: number; upper: number };
}

export type BudgetStages = TwoStageProgram & { deviations: Extract<Deviations, { kind: 'budget' }> };

/** @param decisions column values; those of the first stage are held. */
export function worstScenarioProgram(stages: BudgetStages, decisions: ArrayLike<number>): WorstScenarioProgram {
  const dual = secondStageDual(stages, decisions);
  const { moves, read } = addDeviations(dual, stages);
  return { program: dual.program.compile(), moves, read };
}

function secondStageDual(
  { program, firstStage, rows, shortagePrice }: TwoStageProgram,
  decisions: ArrayLike<number>,
): Dual {
  const dual = new ProgramBuilder(`${program.name}: worst scenario`);
  dual.addOffset(-program.offset);
  const slotOf = new Map(rows.map((row, slot) => [row, slot]));
  const price: Column[] = [];
  const part = (name: string, cost: number, sign: 1 | -1, upper = Infinity): Part => ({
    column: dual.addColumn({ name, lower: 0, upper, cost }),
    sign,
    isFree: false,
  });
  const ofRow = Array.from({ length: program.rowCount }, (_, row): Part[] => {
    const lower = program.rowLower[row]!;
    const upper = program.rowUpper[row]!;
    const slot = slotOf.get(row);
    if (slot !== undefined) {
      const own = part(`price of slot ${slot}`, -lower, 1, shortagePrice);
      price[slot] = own.column;
      return [own];
    }
    if (lower === upper) {
      const free = dual.addColumn({ name: `row ${row}`, lower: -Infinity, upper: Infinity, cost: -lower });
      return [{ column: free, sign: 1, isFree: true }];
    }
    return [
      ...(lower > -Infinity ? [part(`row ${row} from below`, -lower, 1)] : []),
      ...(upper < Infinity ? [part(`row ${row} from above`, upper, -1)] : []),
    ];
  });
  const ofColumn = Array.from({ length: program.columnCount }, (): { part: Part; value: number }[] => []);
  rowsOf(program).forEach((terms, row) =>
    terms.forEach(([at, value]) => ofRow[row]!.forEach((own) => ofColumn[at]!.push({ part: own, value }))),
  );
  const bounds: { lower: number; upper: number }[] = [];
  for (let at = 0; at < program.columnCount; at++) {
    const held = firstStage[at] === 1;
    const lower = held ? decisions[at]! : program.columnLower[at]!;
    const upper = held ? decisions[at]! : program.columnUpper[at]!;
    const terms = ofColumn[at]!;
    // A bound of 0 costs nothing: it makes an inequality of the row instead of a column.
    if (Number.isFinite(lower) && lower !== 0) terms.push({ part: part(`column ${at} from below`, -lower, 1), value: 1 }); // prettier-ignore
    if (Number.isFinite(upper) && upper !== 0) terms.push({ part: part(`column ${at} from above`, upper, -1), value: 1 }); // prettier-ignore
    const own = {
      lower: lower === 0 ? -Infinity : program.cost[at]!,
      upper: upper === 0 ? Infinity : program.cost[at]!,
    };
    bounds.push(own);
    dual.addRow({
      name: `cost of column ${at}`,
      ...own,
      terms: terms.map(({ part: { column, sign }, value }): Term => [column, sign * value]),
    });
  }
  return { program: dual, price, rowOf: (column) => ({ terms: ofColumn[column]!, ...bounds[column]! }) };
}

/** What of a slot moves: its share of β_t, whether it does, and the copies of the duals as they are then. */
interface Move {
  share: number;
  awake: Column;
  copies: Map<Column, Column>;
}

function addDeviations(dual: Dual, stages: BudgetStages): Pick<WorstScenarioProgram, 'moves' | 'read'> {
  const { largest } = stages.deviations;
  const { whole, part } = movesOf(stages.deviations);
  const kinds = [
    { name: 'full', share: 1, most: whole },
    ...(part > 0 ? [{ name: 'part', share: part, most: 1 }] : []),
  ];
  const { program } = dual;
  const moves = largest.map((width, slot) =>
    kinds.map(({ name, share }): Move => {
      const upper = width > 0 ? 1 : 0;
      const awake = program.addColumn({ name: `${name} ${slot}`, lower: 0, upper, kind: 'integer' });
      return { share, awake, copies: new Map() };
    }),
  );
  moves.forEach((own, slot) => addSlot(dual, stages, own, slot));
  kinds.forEach(({ name, most }, at) =>
    program.addRow({
      name: `slots that move: ${name}`,
      lower: 0,
      upper: most,
      terms: moves.map((own): Term => [own[at]!.awake, 1]),
    }),
  );
  return {
    moves: kinds.map(({ most }, at) => ({ columns: moves.map((own) => own[at]!.awake), most })),
    read: (columns) =>
      moves.map((own, slot) =>
        own.reduce((kw, { share, awake }) => kw + share * Math.round(columns[awake]!) * largest[slot]!, 0),
      ),
  };
}

function addSlot(
  dual: Dual,
  { deviations, answering, shortagePrice }: BudgetStages,
  moves: Move[],
  slot: number,
): void {
  const { program } = dual;
  const width = deviations.largest[slot]!;
  if (!(width > 0)) return;
  const price: Part = { column: dual.price[slot]!, sign: 1, isFree: false };
  const rows = [
    { name: 'short', terms: [{ part: price, value: 1 }], lower: -Infinity, upper: shortagePrice },
    ...answering[slot]!.map((column) => ({ name: `column ${column}`, ...dual.rowOf(column) })),
  ];
  const copied = new Map(rows.flatMap(({ terms }) => terms.map((term) => [term.part.column, term.part])));
  for (const { column, isFree } of copied.values()) {
    const own = moves.map(({ share, copies }, at): Term => {
      const copy = program.addColumn({
        name: `slot ${slot} moved ${at}: dual ${column}`,
        lower: isFree ? -Infinity : 0,
        upper: Infinity,
        cost: column === price.column ? -width * share : 0,
      });
      copies.set(column, copy);
      return [copy, 1];
    });
    if (!isFree)
      program.addRow({
        name: `slot ${slot}: dual ${column} shared out`,
        lower: -Infinity,
        upper: 0,
        terms: [...own, [column, -1]],
      });
  }
  for (const { name, terms, lower, upper } of rows) {
    if (!Number.isFinite(lower) && !Number.isFinite(upper)) continue;
    const bound = Number.isFinite(upper) ? upper : lower;
    const atLeast = lower > -Infinity;
    const atMost = upper < Infinity;
    const whole = terms.map(({ part, value }): Term => [part.column, part.sign * value]);
    const inMoves = moves.map(({ copies }) =>
      terms.map(({ part, value }): Term => [copies.get(part.column)!, part.sign * value]),
    );
    moves.forEach(({ awake }, at) =>
      program.addRow({
        name: `slot ${slot} moved ${at}: ${name}`,
        lower: atLeast ? 0 : -Infinity,
        upper: atMost ? 0 : Infinity,
        terms: [...inMoves[at]!, [awake, -bound]],
      }),
    );
    // Where it must be met exactly what is left of it follows.
    if (atLeast && atMost) continue;
    program.addRow({
      name: `slot ${slot} at rest: ${name}`,
      lower: atLeast ? bound : -Infinity,
      upper: atMost ? bound : Infinity,
      terms: [
        ...whole,
        ...inMoves.flat().map(([column, value]): Term => [column, -value]),
        ...moves.map(({ awake }): Term => [awake, bound]),
      ],
    });
  }
  if (moves.length > 1)
    program.addRow({
      name: `slot ${slot} moves once`,
      lower: 0,
      upper: 1,
      terms: moves.map(({ awake }): Term => [awake, 1]),
    });
}

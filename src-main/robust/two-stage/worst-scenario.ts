/**
 * The worst deviation for given first-stage decisions, exactly, as one mixed-integer program.
 *
 *   max_ξ min_y …  =  max { (b + ξ)ᵀπ + bounds : Aᵀπ + λ = q }         linear duality of the second stage
 *
 * ξ_t π_t is a product. A convex function is largest at a vertex of U: ⌊Γ⌋ slots full (u_t = 1) and one at the fraction f = Γ − ⌊Γ⌋ (v_t = 1).
 * With prices in [0, M] the products are exact in linear rows:
 *
 *   Σ_t β_t (w_t + f z_t),   w_t ≤ M u_t,  w_t ≤ π_t,  z_t ≤ M v_t,  z_t ≤ π_t,   Σ u ≤ ⌊Γ⌋,  Σ v ≤ 1,  u_t + v_t ≤ 1
 *
 * M = `shortagePrice` is no guess: the slack of the row bounds its price by it. Source: Zeng and Zhao 2013, section 4.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { rowsOf, type TwoStageProgram } from './two-stage-program.ts';

export interface WorstScenarioProgram {
  /** Its objective is minus the second stage's cost (first-stage columns fixed, their cost included). */
  program: LinearProgram;
  /** ξ [slot] of a solution. */
  read: (columns: ArrayLike<number>) => number[];
}

/** @param decisions column values; those of the first stage are held. */
export function worstScenarioProgram(stages: TwoStageProgram, decisions: ArrayLike<number>): WorstScenarioProgram {
  const { program: dual, deviating } = secondStageDual(stages, decisions);
  const read = addDeviations(dual, stages, deviating);
  return { program: dual.compile(), read };
}

function secondStageDual(
  { program, firstStage, rows, shortagePrice }: TwoStageProgram,
  decisions: ArrayLike<number>,
): { program: ProgramBuilder; deviating: Column[] } {
  const dual = new ProgramBuilder(`${program.name}: worst scenario`);
  dual.addOffset(-program.offset);
  const price: Term[][] = [];
  const slotOf = new Map(rows.map((row, slot) => [row, slot]));
  const deviating: Column[] = [];
  const column = (name: string, cost: number, upper = Infinity): Column =>
    dual.addColumn({ name, lower: 0, upper, cost });
  for (let row = 0; row < program.rowCount; row++) {
    const lower = program.rowLower[row]!;
    const upper = program.rowUpper[row]!;
    const slot = slotOf.get(row);
    if (slot !== undefined) {
      deviating[slot] = column(`price of slot ${slot}`, -lower, shortagePrice);
      price.push([[deviating[slot], 1]]);
      continue;
    }
    const terms: Term[] = [];
    if (lower > -Infinity) terms.push([column(`row ${row} from below`, -lower), 1]);
    if (upper < Infinity) terms.push([column(`row ${row} from above`, upper), -1]);
    price.push(terms);
  }
  const perColumn = Array.from({ length: program.columnCount }, (): Term[] => []);
  rowsOf(program).forEach((terms, row) =>
    terms.forEach(([at, value]) =>
      price[row]!.forEach(([of, sign]) => perColumn[at]!.push([of, sign * value] as const)),
    ),
  );
  for (let at = 0; at < program.columnCount; at++) {
    const held = firstStage[at] === 1;
    const lower = held ? decisions[at]! : program.columnLower[at]!;
    const upper = held ? decisions[at]! : program.columnUpper[at]!;
    const terms = perColumn[at]!;
    // A bound of 0 costs nothing: it makes an inequality of the row instead of a column.
    if (Number.isFinite(lower) && lower !== 0) terms.push([column(`column ${at} from below`, -lower), 1]);
    if (Number.isFinite(upper) && upper !== 0) terms.push([column(`column ${at} from above`, upper), -1]);
    dual.addRow({
      name: `cost of column ${at}`,
      lower: lower === 0 ? -Infinity : program.cost[at]!,
      upper: upper === 0 ? Infinity : program.cost[at]!,
      terms,
    });
  }
  return { program: dual, deviating };
}

/** β_t (w_t + f z_t) for the price of every slot, and the budget on which slots move. */
function addDeviations(
  dual: ProgramBuilder,
  { largest, slotProtection, shortagePrice }: TwoStageProgram,
  deviating: readonly Column[],
): (columns: ArrayLike<number>) => number[] {
  const budget = Math.min(slotProtection, largest.length);
  const whole = Math.floor(budget + 1e-9);
  const fraction = Math.max(0, budget - whole);
  const switches: { full: Column; part: Column | null }[] = [];
  largest.forEach((width, slot) => {
    const moves = (name: string, share: number): Column => {
      const awake = dual.addColumn({ name: `${name} ${slot}`, lower: 0, upper: width > 0 ? 1 : 0, kind: 'integer' });
      const paid = dual.addColumn({
        name: `${name} ${slot} at its price`,
        lower: 0,
        upper: shortagePrice,
        cost: -width * share,
      });
      const below = (other: Column, factor: number, what: string) =>
        dual.addRow({
          name: `${name} ${slot} ${what}`,
          lower: -Infinity,
          upper: 0,
          terms: [
            [paid, 1],
            [other, -factor],
          ],
        });
      below(awake, shortagePrice, 'where it moves');
      below(deviating[slot]!, 1, 'within the price');
      return awake;
    };
    const full = moves('full', 1);
    const part = fraction > 0 ? moves('part', fraction) : null;
    if (part !== null)
      dual.addRow({
        name: `slot ${slot} moves once`,
        lower: 0,
        upper: 1,
        terms: [
          [full, 1],
          [part, 1],
        ],
      });
    switches.push({ full, part });
  });
  const count = (of: readonly (Column | null)[], name: string, upper: number) =>
    dual.addRow({
      name,
      lower: 0,
      upper,
      terms: of.flatMap((column): Term[] => (column === null ? [] : [[column, 1]])),
    });
  count(
    switches.map(({ full }) => full),
    'slots that move fully',
    whole,
  );
  if (fraction > 0)
    count(
      switches.map(({ part }) => part),
      'the slot that moves in part',
      1,
    );
  return (columns) =>
    switches.map(({ full, part }, slot) => {
      const share = Math.round(columns[full]!) + (part === null ? 0 : fraction * Math.round(columns[part]!));
      return share * largest[slot]!;
    });
}

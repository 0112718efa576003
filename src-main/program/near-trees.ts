/**
 * A program whose convex parts are losses of trees, stated as a linear one near a point ẑ: of each loss its value and slopes there, and its squares (tree-loss.ts) in
 * segments that are narrow near the point and wider further off,
 *
 *   loss ≥ L(ẑ) + ∇L(ẑ) (z − ẑ) + Σ_f ½ h_f [(F_f − F̂_f)²]        [·]: by chords
 *
 * So a solution is nearly one of the program itself (Newton's method on segments), but no bound of it. That is Lagrangian: with the prices π of the losses and y of the columns
 * that the solution has, what is left of the program is at its best in the solution, and the losses are minimised by themselves,
 *
 *   bound = objective + Σ_parts [ min_z (π L(z) − y z) − (π loss − y z at the solution) ]          y: what the other rows pay for z
 *
 * Prices of the linear program that are a little off cost the bound the square of it. Source: Geoffrion 1974 for the relaxation; Baran and Wu 1989 for the loss.
 */
import { addedColumn, appendColumns, type AddedColumn } from './append-columns.ts';
import { appendRows, type AddedRow } from './append-rows.ts';
import { impliedBounds, type ColumnBounds } from './implied-bounds.ts';
import { leastTreeLoss } from './least-tree-loss.ts';
import type { Column, LinearProgram, Term } from './program.ts';
import { lossColumns, treeLoss, treeSquares, type LossTree, type TreeSquare } from './tree-loss.ts';

/** What a bound is read from. */
export interface PricedSolution {
  objective: number;
  columns: ArrayLike<number>;
  /** Empty where there are none: nothing is bounded then. */
  rowDuals: ArrayLike<number>;
}

export interface NearTrees {
  /** Without convex parts; its own columns stand first, its own rows too. */
  program: LinearProgram;
  /** What no solution of the program with its true losses is below; −∞ where the prices do not tell. */
  bound: (solution: PricedSolution) => number;
}

/** Segments on each side of the point, and how much wider each is than the one before. */
const segments = { aside: 10, growth: 1.6 };
/** A price below this share of the largest is none. */
const priceless = 1e-9;
/** So near to it a column stands at its bound. */
const atBound = 1e-6;

interface StatedPart {
  part: LossTree;
  columns: Column[];
  squares: TreeSquare[];
  /** Row of the loss; those of its squares follow. */
  row: number;
  /** Coefficient of the loss in its row. */
  scale: number;
}

/**
 * @param near column values of a solution, whose flows exist.
 * @param error by how much chords may exceed all losses together, as a share of them, next to the point.
 */
export function nearTrees(
  program: LinearProgram,
  parts: readonly LossTree[],
  near: ArrayLike<number>,
  error: number,
): NearTrees {
  const points = parts.map((part) => {
    const columns = lossColumns(part);
    const loss = treeLoss(part, columns, (column) => near[column]!);
    if (loss === null) throw new Error(`${part.name} has no flow at the point it is stated near`);
    return { part, columns, loss, squares: treeSquares(part) };
  });
  const lost = points.reduce((sum, { loss }) => sum + loss.value, 0);
  const squareCount = points.reduce((sum, { squares }) => sum + squares.length, 0);
  // A chord over a width d lies above a square ½ h F² by at most h d² / 8.
  const excess = (8 * error * lost) / Math.max(1, squareCount);
  const columns: AddedColumn[] = [];
  const rows: AddedRow[] = [];
  const stated: StatedPart[] = [];
  for (const { part, columns: own, loss, squares } of points) {
    const scale = 1 / Math.max(...part.loss.terms.map(([, factor]) => Math.abs(factor)));
    const lossRow = {
      terms: part.loss.terms.map(([column, factor]): Term => [column, scale * factor]),
      lower: scale * (loss.value - part.loss.constant),
    };
    own.forEach((column, k) => {
      lossRow.terms.push([column, -scale * loss.slopes[k]!]);
      lossRow.lower -= scale * loss.slopes[k]! * near[column]!;
    });
    stated.push({ part, columns: own, squares, row: program.rowCount + rows.length, scale });
    const squareRows = squares.map(({ terms, curvature }, k): AddedRow => {
      const ends = endsOf(Math.sqrt(excess / curvature));
      const at = terms.reduce((sum, [column, factor]) => sum + factor * near[column]!, 0);
      const flow = [...terms];
      ends.slice(1).forEach((end, place) => {
        const begin = ends[place]!;
        const [isFirst, isLast] = [place === 0, place === ends.length - 2];
        const column = addedColumn(program, columns.length);
        columns.push({
          name: `segment ${place + 1} of flow ${k + 1}: ${part.name}`,
          lower: isFirst ? -Infinity : 0,
          upper: isLast ? Infinity : end - begin,
        });
        flow.push([column, -1]);
        lossRow.terms.push([column, (-scale * curvature * (begin + end)) / 2]);
      });
      lossRow.lower += (scale * curvature * ends[0]! ** 2) / 2;
      return { name: `flow ${k + 1}: ${part.name}`, lower: at + ends[0]!, upper: at + ends[0]!, terms: flow };
    });
    rows.push({ name: `near the loss: ${part.name}`, ...lossRow, upper: lossRow.lower }, ...squareRows);
  }
  return {
    program: appendRows(appendColumns({ ...program, columnLower: freed(program, parts), cones: [] }, columns), rows),
    bound: (solution) => boundOf(program, stated, solution),
  };
}

/** A loss is never negative, nor is what is stated of it far below: without the bound a solver takes its columns out by their rows. */
function freed({ columnLower }: LinearProgram, parts: readonly LossTree[]): Float64Array {
  const lower = columnLower.slice();
  for (const { loss } of parts) for (const [column] of loss.terms) lower[column] = -Infinity;
  return lower;
}

/** Ends of the segments about a point, ascending; the point is one of them. */
function endsOf(width: number): number[] {
  const aside: number[] = [];
  let [end, own] = [0, width];
  for (let k = 0; k < segments.aside; k++, own *= segments.growth) aside.push((end += own));
  return [...aside.map((value) => -value).reverse(), 0, ...aside];
}

function boundOf(
  program: LinearProgram,
  parts: readonly StatedPart[],
  { objective, columns, rowDuals }: PricedSolution,
): number {
  if (rowDuals.length === 0) return -Infinity;
  const prices = parts.map(({ row, scale }) => scale * rowDuals[row]!);
  const least = priceless * Math.max(1e-9, ...prices);
  const bounds = impliedBounds(
    program,
    parts.flatMap((part) => part.columns),
  );
  return parts.reduce((sum, { part, columns: own, squares }, at) => {
    const price = prices[at]!;
    if (!(price > least)) return sum;
    const here = treeLoss(part, own, (column) => columns[column]!);
    if (here === null) return -Infinity;
    let held = 0;
    const slopes = own.map((column, k) => {
      const asked = valueBesides(program, column, rowDuals);
      const lost = price * here.slopes[k]!;
      const bound = boundAt(bounds.get(column)!, columns[column]!, lost - asked);
      held += asked * columns[column]!;
      if (bound === null) return asked;
      held += (lost - asked) * bound;
      return lost;
    });
    const apart = leastTreeLoss(part, { columns: own, squares }, { price, slopes }, (column) => columns[column]!);
    const lost = part.loss.terms.reduce(
      (value, [column, factor]) => value + factor * columns[column]!,
      part.loss.constant,
    );
    return sum + apart - price * lost + held;
  }, objective);
}

/** What a unit of a column is worth to the rows of the program itself, less its cost. */
function valueBesides(program: LinearProgram, column: Column, rowDuals: ArrayLike<number>): number {
  let worth = -program.cost[column]!;
  for (let at = program.starts[column]!; at < program.starts[column + 1]!; at++)
    worth += program.values[at]! * rowDuals[program.indices[at]!]!;
  return worth;
}

/** The bound at which a column stands and a price more (or less, where negative) holds it; null where it stands at none. */
function boundAt({ lower, upper }: ColumnBounds, value: number, more: number): number | null {
  const bound = more >= 0 ? lower : upper;
  return Number.isFinite(bound) && Math.abs(value - bound) <= atBound * Math.max(1, Math.abs(bound)) ? bound : null;
}

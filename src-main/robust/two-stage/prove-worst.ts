/**
 * A proof of what a budget costs at worst: branch and bound over the slots that move, on the program of the worst day (worst-scenario.ts). Its relaxation leaves a few
 * slots in part, a node differs from its parent by one slot held and starts from where that ended, and the dearest day is known beforehand as a
 * rule: so there is nothing to search for but the bound, best first, and it can be left after any node with what is proven then.
 */
import type { Basis } from '../../program/basis.ts';
import type { LinearProgram } from '../../program/program.ts';
import type { TwoStageSolver } from './two-stage-solver.ts';
import type { WorstScenarioProgram } from './worst-scenario.ts';

export interface ProvenWorst {
  /** No day costs more; Infinity where not even the relaxation was solved in time. */
  atMost: number;
  /** The dearest whole choice of slots met, ξ [slot]; null where none was. */
  day: number[] | null;
}

interface Node {
  /** A day beyond this choice costs at most so much. */
  bound: number;
  /** Columns held, by index. */
  held: ReadonlyMap<number, 0 | 1>;
  /** The column it is to be parted by. */
  parting: number;
  basis: Basis | null;
}

const wholeWithin = 1e-6;

/**
 * @param enough what costs no more need not be looked at: a day that dear is known.
 * @param onBound told every better proof.
 */
export async function proveWorst(
  { program, read, moves }: WorstScenarioProgram,
  { linear }: Pick<TwoStageSolver, 'linear'>,
  enough: number,
  onBound: (atMost: number) => void = () => undefined,
): Promise<ProvenWorst> {
  const found: { cost: number; day: number[] | null } = { cost: -Infinity, day: null };
  // What has been settled or laid aside costs at most this.
  let settled = -Infinity;
  const open: Node[] = [];
  const look = async (held: Node['held'], basis: Basis | null): Promise<boolean> => {
    const solved = await linear(holding(program, held), basis);
    if (solved === null) return false;
    const bound = -solved.objective;
    const parting = mostInPart(
      moves.flatMap(({ columns }) => columns),
      solved.columns,
    );
    if (parting !== null && bound > enough) {
      open.push({ bound, held, parting, basis: solved.basis });
      return true;
    }
    settled = Math.max(settled, bound);
    if (parting === null && bound > found.cost) Object.assign(found, { cost: bound, day: read(solved.columns) });
    return true;
  };
  if (!(await look(new Map(), null))) return { atMost: Infinity, day: null };
  const atMost = (): number => Math.max(settled, ...open.map(({ bound }) => bound));
  onBound(atMost());
  for (;;) {
    open.sort((a, b) => a.bound - b.bound);
    const node = open.pop();
    if (node === undefined || node.bound <= settled) break;
    const children = ([1, 0] as const).map((value) => withHeld(moves, node.held, node.parting, value));
    for (const held of children)
      if (!(await look(held, node.basis))) return { atMost: Math.max(node.bound, atMost()), day: found.day };
    onBound(atMost());
  }
  return { atMost: settled, day: found.day };
}

/** The program with columns held, its integers relaxed. */
function holding(program: LinearProgram, held: Node['held']): LinearProgram {
  const columnLower = program.columnLower.slice();
  const columnUpper = program.columnUpper.slice();
  for (const [column, value] of held) columnLower[column] = columnUpper[column] = value;
  return { ...program, columnLower, columnUpper, integrality: new Uint8Array(0) };
}

function mostInPart(columns: readonly number[], values: Float64Array): number | null {
  let most: number | null = null;
  let part = wholeWithin;
  for (const column of columns) {
    const own = Math.min(values[column]!, 1 - values[column]!);
    if (own > part) [most, part] = [column, own];
  }
  return most;
}

/** A slot moves in one way, and no more slots than the budget has: so every node has a solution. */
function withHeld(
  moves: WorstScenarioProgram['moves'],
  held: Node['held'],
  column: number,
  value: 0 | 1,
): Map<number, 0 | 1> {
  const more = new Map(held).set(column, value);
  if (value === 0) return more;
  const own = moves.find(({ columns }) => columns.includes(column))!;
  const slot = own.columns.indexOf(column);
  for (const { columns } of moves) if (columns[slot] !== column) more.set(columns[slot]!, 0);
  if (own.columns.filter((each) => more.get(each) === 1).length >= own.most)
    for (const each of own.columns) if (!more.has(each)) more.set(each, 0);
  return more;
}

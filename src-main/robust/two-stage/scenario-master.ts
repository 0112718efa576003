/**
 * The first stage against the scenarios found so far: x once, a copy of the second stage for each ξ^k, and the dearest of them counts.
 *
 *   min cᵀx + η    η ≥ qᵀy^k,   A (x, y^k) within its rows shifted by ξ^k       for every k
 *
 * A lower bound of the two-stage optimum, for it knows some of U only. Source: Zeng and Zhao 2013.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { rowsOf, type TwoStageProgram } from './two-stage-program.ts';

/** Columns of the second stage that are integer in the day as expected stay so in no copy: what is decided late is linear. */
export function scenarioMaster(stages: TwoStageProgram, scenarios: readonly (readonly number[])[]): LinearProgram {
  const { program, firstStage, rows, shortagePrice } = stages;
  const master = new ProgramBuilder(`${program.name}: ${scenarios.length} scenarios`);
  master.addOffset(program.offset);
  const isFirst = (column: number): boolean => firstStage[column] === 1;
  const column = (at: number, name: string, cost: number): Column =>
    master.addColumn({
      name,
      lower: program.columnLower[at]!,
      upper: program.columnUpper[at]!,
      cost,
      kind: isFirst(at) && program.integrality[at] === 1 ? 'integer' : 'continuous',
    });
  const shared = Array.from({ length: program.columnCount }, (_, at) =>
    isFirst(at) ? column(at, program.columnNames[at]!, program.cost[at]!) : null,
  );
  // One scenario is the worst there is: its cost stands in the objective, where it makes no dense row.
  const single = scenarios.length === 1;
  const worst = single
    ? null
    : master.addColumn({ name: 'cost of the worst scenario', lower: -Infinity, upper: Infinity, cost: 1 });
  const slotOf = new Map(rows.map((row, slot) => [row, slot]));
  const rowTerms = rowsOf(program);
  scenarios.forEach((scenario, k) => {
    const own = shared.map(
      (known, at) => known ?? column(at, `${program.columnNames[at]!} in ${k}`, single ? program.cost[at]! : 0),
    );
    const costs: Term[] = [];
    own.forEach((each, at) => {
      if (!isFirst(at) && program.cost[at] !== 0) costs.push([each, -program.cost[at]!]);
    });
    rowTerms.forEach((terms, row) => {
      const slot = slotOf.get(row);
      if (slot === undefined && k > 0 && terms.every(([at]) => isFirst(at))) return;
      const name = `${program.rowNames[row]!} in ${k}`;
      const copied = terms.map(([at, value]): Term => [own[at]!, value]);
      if (slot === undefined) {
        master.addRow({ name, lower: program.rowLower[row]!, upper: program.rowUpper[row]!, terms: copied });
        return;
      }
      const short = master.addColumn({
        name: `short of ${name}`,
        lower: 0,
        upper: Infinity,
        cost: single ? shortagePrice : 0,
      });
      costs.push([short, -shortagePrice]);
      const demand = program.rowLower[row]! + scenario[slot]!;
      master.addRow({ name, lower: demand, upper: Infinity, terms: [...copied, [short, 1]] });
    });
    if (worst !== null)
      master.addRow({ name: `cost of ${k}`, lower: 0, upper: Infinity, terms: [[worst, 1], ...costs] });
  });
  return master.compile();
}

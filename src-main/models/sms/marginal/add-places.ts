import type { Column, ProgramBuilder, Row, Term } from '../../../program/program.ts';
import type { SmsProblem } from '../problem.ts';

/** Σ θ of the days that stand at a station ≤ its places [terminal slot]. */
export function addPlaces(
  program: ProgramBuilder,
  problem: SmsProblem,
  stays: readonly { column: Column; terminal: number; slot: number }[],
): Map<string, Row> {
  const rows = new Map<string, Row>();
  const here = Map.groupBy(stays, ({ terminal, slot }) => `${terminal} ${slot}`);
  problem.terminals.forEach((terminal, i) => {
    if (terminal.kind === 'depot' || terminal.truckCapacity >= problem.trucks.length) return;
    for (let slot = 0; slot < problem.slots; slot++) {
      const terms = (here.get(`${i} ${slot}`) ?? []).map(({ column }): Term => [column, 1]);
      const name = `station ${terminal.id}: places, slot ${slot}`;
      rows.set(`${i} ${slot}`, program.addRow({ name, lower: -Infinity, upper: terminal.truckCapacity, terms }));
    }
  });
  return rows;
}

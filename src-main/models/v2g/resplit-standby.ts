/**
 * Splits anew what stands by, among all cars that share it and whatever their aggregator: every car charges as it did, and in every slot gives at worst what it
 * gave. Only what of that is planned and what stands by changes, b ≤ d′, with the energy e_t = k_t + (Δ/η) Σ_{τ ≤ t} b_τ ≤ max:
 *
 *   minimise Σ_i x_i      h_t = h_{t−1} + b_t Δ/η,   h_t − x_i ≤ max_i − k_{i,t},   Σ_i b_{i,t} as it was        h: what standing by has kept in battery i
 *
 * With x = 0 the schedule keeps every limit at the same cost, for a kWh costs the same whoever plans it. Aggregators with a common limit on discharge are
 * no hindrance: the limit is on d′.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { connection } from './connection.ts';
import type { V2gProblem } from './problem.ts';
import type { V2gSchedule } from './schedule.ts';

/** Below this a flow is the solver's rounding [kW]. */
const noFlowKw = 1e-9;

export function resplitStandby(
  problem: V2gProblem,
  schedule: V2gSchedule,
): { program: LinearProgram; read: (columns: Float64Array) => V2gSchedule } {
  const { slots, slotHours } = problem;
  const program = new ProgramBuilder(`${problem.name}: who stands by`);
  const together = Array.from({ length: slots }, (): Term[] => []);
  const parts = problem.evs.map((ev, index): (Column | null)[] | null => {
    const { dischargeKw, energyKwh, standbyKw } = schedule.evs[index]!;
    if (standbyKw === undefined || !standbyKw.some((kw, slot) => kw + dischargeKw[slot]! > noFlowKw)) return null;
    const { from, until } = connection(ev, slots);
    const name = (what: string, slot?: number): string => `who stands by: car ${index}: ${what}, slot ${slot ?? 'any'}`;
    const excess = program.addColumn({ name: name('excess'), lower: 0, upper: Infinity, cost: 1 });
    const own = new Array<Column | null>(slots).fill(null);
    let kept: Column | null = null;
    let keptKwh = 0;
    let leastRoomKwh = Infinity;
    // What is kept changes only where something is given, so one row holds until the next such slot.
    const close = (slot: number): void => {
      if (kept === null || leastRoomKwh === Infinity) return;
      const terms: Term[] = [
        [kept, 1],
        [excess, -1],
      ];
      program.addRow({ name: name('room', slot), lower: -Infinity, upper: leastRoomKwh, terms });
      leastRoomKwh = Infinity;
    };
    for (let slot = from; slot < until; slot++) {
      const mostKw = dischargeKw[slot]! + standbyKw[slot]!;
      keptKwh += (standbyKw[slot]! * slotHours) / ev.efficiency;
      if (mostKw > noFlowKw) {
        close(slot);
        const part = program.addColumn({ name: name('part', slot), lower: 0, upper: mostKw });
        const after: Column = program.addColumn({ name: name('kept', slot), lower: 0, upper: Infinity });
        const terms: Term[] = [
          [after, 1],
          [part, -slotHours / ev.efficiency],
        ];
        if (kept !== null) terms.push([kept, -1]);
        program.addRow({ name: name('kept', slot), lower: 0, upper: 0, terms });
        together[slot]!.push([part, 1]);
        own[slot] = part;
        kept = after;
      }
      leastRoomKwh = Math.min(leastRoomKwh, ev.maxKwh - (energyKwh[slot]! - keptKwh));
    }
    close(until);
    return own;
  });
  together.forEach((terms, slot) => {
    if (terms.length === 0) return;
    const kw = schedule.evs.reduce(
      (sum, { standbyKw }, index) => sum + ((parts[index]?.[slot] ?? null) === null ? 0 : standbyKw![slot]!),
      0,
    );
    program.addRow({ name: `who stands by: all, slot ${slot}`, lower: kw, upper: kw, terms });
  });
  const compiled = program.compile();
  return {
    program: compiled,
    read: (columns) => ({
      ...schedule,
      evs: schedule.evs.map((planned, index) => {
        const own = parts[index]!;
        if (own === null) return planned;
        const before = planned.standbyKw!;
        const standbyKw = own.map((column) =>
          column === null ? 0 : Math.max(0, Math.min(compiled.columnUpper[column]!, columns[column]!)),
        );
        const dischargeKw = planned.dischargeKw.map((kw, slot) => kw + before[slot]! - standbyKw[slot]!);
        const { from, until } = connection(problem.evs[index]!, slots);
        let moreKwh = 0;
        const energyKwh = planned.energyKwh.map((kwh, slot) => {
          if (slot < from || slot >= until) return kwh;
          moreKwh += ((standbyKw[slot]! - before[slot]!) * slotHours) / problem.evs[index]!.efficiency;
          return kwh + moreKwh;
        });
        return { ...planned, dischargeKw, standbyKw, energyKwh };
      }),
    }),
  };
}

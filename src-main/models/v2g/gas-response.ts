/** The response of one gas unit: within its cost segments, its limits and, at the worst of two neighbouring slots, its ramps (responses.ts). */
import type { Column, Term } from '../../program/program.ts';
import { perSlot, type Stage } from './device.ts';
import type { GasColumns } from './gas.ts';
import { rampRow } from './gas-ramp.ts';
import { gasName } from './names.ts';
import type { GasUnit } from './problem.ts';
import { isInService, mostKwAt } from './slot-values.ts';

/** φ [slot]; null where the unit is held or out of service. Its fuel per slot goes into `costs`. */
export function addGasResponse(stage: Stage, unit: GasUnit, own: GasColumns, costs: Term[][]): (Column | null)[] {
  const { program, problem } = stage;
  const response = perSlot(problem, (slot): Column | null => {
    if (!isInService(unit, slot) || (unit.pinnedKw?.[slot] ?? null) !== null) return null;
    const name = (what: string): string => gasName(unit.id, what, slot);
    const on = own.commitment?.on[slot];
    const added = program.addColumn({ name: name('response'), lower: 0, upper: Infinity });
    const parts = own.segments[slot]!.map(({ column, widthKw, slopePerKwh }, m) => {
      const part = program.addColumn({ name: name(`response in segment ${m + 1}`), lower: 0, upper: widthKw });
      program.addRow({
        name: name(`most output with its response (segment ${m + 1})`),
        lower: -Infinity,
        upper: on === undefined ? widthKw : 0,
        terms: [[column, 1], [part, 1], ...(on === undefined ? [] : [[on, -widthKw] as const])],
      });
      if (slopePerKwh !== 0) costs[slot]!.push([part, slopePerKwh * problem.slotHours]);
      return part;
    });
    program.addRow({
      name: name('response in cost segments'),
      lower: 0,
      upper: 0,
      terms: [[added, -1], ...parts.map((part) => [part, 1] as const)],
    });
    if (mostKwAt(unit, slot) < unit.maxKw)
      program.addRow({
        name: name('most output with its response'),
        lower: -Infinity,
        upper: mostKwAt(unit, slot),
        terms: [
          [own.output[slot]!, 1],
          [added, 1],
        ],
      });
    return added;
  });
  response.forEach((column, slot) => {
    const up = rampRow(stage, unit, own, slot, 'up');
    if (up !== null && column !== null)
      program.addRow({ ...up, name: gasName(unit.id, 'ramp up with its response', slot), terms: [...up.terms, [column, 1]] }); // prettier-ignore
    const before = response[slot - 1] ?? null;
    const down = rampRow(stage, unit, own, slot, 'down');
    if (down !== null && before !== null)
      program.addRow({ ...down, name: gasName(unit.id, 'ramp down with its response', slot), terms: [...down.terms, [before, -1]] }); // prettier-ignore
  });
  return response;
}

/**
 * What a gas unit holds, beside its output g and its response φ: regulation capacity r both ways, fast enough to go from one side to the other in the
 * time asked for, and spinning reserve w for every slot of a call:
 *
 *   g_t + φ_t + r_t + w ≤ max on_t        g_t − r_t ≥ min on_t        2 r ≤ ramp · time,   w ≤ ramp · time
 *   g_t − g_{t−1} within the ramp with r_t + r_{t−1} besides: the signal may stand on opposite sides of two neighbouring slots
 */
import type { Column, Term } from '../../../program/program.ts';
import { perSlot, type Stage } from '../device.ts';
import type { GasColumns } from '../gas.ts';
import { rampRow } from '../gas-ramp.ts';
import { gasName } from '../names.ts';
import type { GasUnit } from '../problem.ts';
import { isInService, mostKwAt } from '../slot-values.ts';
import { callSlots, regulationWorth, termAt, type Held } from './held.ts';
import type { ControlArea } from './services.ts';
import { windowsOf } from './windows.ts';

/** @param responses φ [slot] */
export function addHeldGas(
  stage: Stage,
  unit: GasUnit,
  own: GasColumns,
  responses: readonly (Column | null)[],
  area: ControlArea | null,
): Held {
  const { problem, program } = stage;
  const held: Held = {
    regulation: perSlot(problem, () => null),
    reserve: perSlot(problem, () => null),
    moments: perSlot(problem, () => []),
  };
  const name = (what: string, slot: number): string => gasName(unit.id, what, slot);
  const { regulation: service, reserve } = problem.services ?? {};
  if (service?.gas.includes(unit.id))
    for (const { from, until, mostKw } of windowsOf(problem, service)) {
      const slots = Array.from({ length: until - from }, (_, k) => from + k);
      const isFree = (slot: number): boolean => isInService(unit, slot) && (unit.pinnedKw?.[slot] ?? null) === null;
      if (!(mostKw > 0) || !slots.every(isFree)) continue;
      const capacity = program.addColumn({
        name: name('regulation', from),
        lower: 0,
        upper: Math.min(mostKw, (unit.rampKwPerHour * service.withinHours) / 2),
        cost: -slots.reduce((sum, slot) => sum + regulationWorth(service, slot, 0), 0) * problem.slotHours,
      });
      for (const slot of slots) held.regulation[slot] = capacity;
    }
  if (area && reserve)
    for (let slot = 0; slot < problem.slots; slot++)
      if (area.mostKw[slot]! > 0)
        held.reserve[slot] = program.addColumn({
          name: name('spinning reserve', slot),
          lower: 0,
          upper: Math.min(unit.maxKw, unit.rampKwPerHour * reserve.withinHours),
        });
  limitGas(stage, unit, own, responses, held);
  return held;
}

function limitGas(
  stage: Stage,
  unit: GasUnit,
  own: GasColumns,
  responses: readonly (Column | null)[],
  held: Held,
): void {
  const { problem, program } = stage;
  const headroom = (what: string, at: number, slot: number, reserve: Term[]): void => {
    const on = own.commitment?.on[slot];
    const mostKw = mostKwAt(unit, slot);
    program.addRow({
      name: gasName(unit.id, what, at),
      lower: -Infinity,
      upper: on === undefined ? mostKw : 0,
      terms: [
        [own.output[slot]!, 1],
        ...termAt(responses, slot),
        ...termAt(held.regulation, slot),
        ...reserve,
        ...(on === undefined ? [] : [[on, -mostKw] as const]),
      ],
    });
  };
  for (let slot = 0; slot < problem.slots; slot++) {
    const regulation = held.regulation[slot] ?? null;
    const reserve = held.reserve[slot] ?? null;
    if (reserve !== null)
      for (let on = 0; on < callSlots(stage) && slot + on < problem.slots; on++)
        headroom(`output with reserve, ${on} slots into the call`, slot, slot + on, termAt(held.reserve, slot));
    if (regulation !== null) {
      headroom('output with regulation upwards', slot, slot, []);
      const on = own.commitment?.on[slot];
      program.addRow({
        name: gasName(unit.id, 'output with regulation downwards', slot),
        lower: on === undefined ? unit.minKw : 0,
        upper: Infinity,
        terms: [[own.output[slot]!, 1], [regulation, -1], ...(on === undefined ? [] : [[on, -unit.minKw] as const])],
      });
    }
    if (regulation === null && (held.regulation[slot - 1] ?? null) === null) continue;
    for (const [way, sign] of [
      ['up', 1],
      ['down', -1],
    ] as const) {
      const row = rampRow(stage, unit, own, slot, way);
      const swing = [...termAt(held.regulation, slot, sign), ...termAt(held.regulation, slot - 1, sign)];
      const response = way === 'up' ? termAt(responses, slot) : termAt(responses, slot - 1, -1);
      if (row !== null)
        program.addRow({ ...row, name: gasName(unit.id, `ramp ${way} with regulation`, slot), terms: [...row.terms, ...swing, ...response] }); // prettier-ignore
    }
  }
}

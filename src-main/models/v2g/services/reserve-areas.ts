/**
 * Spinning reserve of each control area: what its units hold is offered, at least what is required and at most what is paid for,
 *
 *   Σ_{units of the area} w_t = o_t,     required_t ≤ o_t ≤ most_t,     income Σ price_t o_t Δ
 *
 * What is offered beyond the requirement is called by others, so the connection must be able to carry it out (connection-room.ts).
 */
import type { Column } from '../../../program/program.ts';
import { perSlot, type Stage } from '../device.ts';
import { areaName } from '../names.ts';
import { areaOf, type HeldDevices } from './held-devices.ts';
import { termAt } from './held.ts';
import type { ControlArea } from './services.ts';

/** o [area][slot] */
export function addReserveAreas({ program, problem }: Stage, held: HeldDevices): Column[][] {
  const { services, slotHours, gas, storage, evs, aggregators } = problem;
  return (services?.reserve?.areas ?? []).map((area) => {
    const own = [
      ...held.gas.filter((_, k) => areaOf(problem, 'gas', gas[k]!.id) === area),
      ...held.storage.filter((_, k) => areaOf(problem, 'storage', storage[k]!.id) === area),
      ...held.evs.filter((_, i) => areaOf(problem, 'aggregators', aggregators[evs[i]!.aggregator]!.id) === area),
    ];
    return perSlot(problem, (slot) => {
      const offered = program.addColumn({
        name: areaName(area.id, 'reserve offered', slot),
        ...offerRange(area, slot),
        cost: -area.pricePerKwh[slot]! * slotHours,
      });
      program.addRow({
        name: areaName(area.id, 'reserve held', slot),
        lower: 0,
        upper: 0,
        terms: [[offered, -1], ...own.flatMap(({ reserve }) => termAt(reserve, slot))],
      });
      return offered;
    });
  });
}

const offerRange = ({ requiredKw, mostKw }: ControlArea, slot: number): { lower: number; upper: number } => ({
  lower: requiredKw[slot]!,
  upper: Math.max(requiredKw[slot]!, mostKw[slot]!),
});

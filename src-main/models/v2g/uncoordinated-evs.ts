/** Cars where nobody decides. */
import { chargeAtOnce } from './connection.ts';
import { perSlot, type Stage } from './device.ts';
import type { EvDevice } from './ev.ts';

/** Each car charges at once. What it then lacks at departure is a known cost. */
export function uncoordinatedEvs({ program, problem }: Stage): EvDevice {
  const answer = problem.evs.map((ev) => {
    const { chargeKw, energyKwh } = chargeAtOnce(ev, problem.slots, problem.slotHours);
    const leaves = Math.max(ev.initialKwh, ...energyKwh);
    return {
      id: ev.id,
      chargeKw,
      dischargeKw: new Array<number>(problem.slots).fill(0),
      energyKwh,
      unmetKwh: Math.max(0, ev.requiredKwh - leaves),
    };
  });
  const unmetEnergy = answer.reduce((sum, ev) => sum + ev.unmetKwh, 0) * (problem.unmetPerKwh ?? 0);
  program.addOffset(unmetEnergy);
  return {
    columns: [],
    standby: [],
    supply: perSlot(problem, () => []),
    read: () => ({ answer, cost: { unmetEnergy } }),
  };
}

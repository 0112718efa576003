/**
 * Stays of rented trucks: a battery for the slots of the stay that arrives and leaves with the energy agreed, and rent by the kWh.
 *
 *   e_{from−1} = arriving,  e_{until−1} = leaving,  cost Σ_t Δ p_t (c_t + d_t)
 */
import type { Term } from '../../program/program.ts';
import { addBattery } from './battery.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { rentedName } from './names.ts';
import type { StaySchedule } from './schedule.ts';

export interface StayDevice extends Device<{ stays?: StaySchedule[] }> {
  /** Power given by a stay in a slot; nothing outside it. */
  given: (index: number, slot: number) => Term[];
}

export function addStays({ program, problem, isExclusive }: Stage): StayDevice {
  const { stays, slotHours } = problem;
  if (!stays) return { given: () => [], supply: perSlot(problem, () => []), read: () => ({ answer: {}, cost: {} }) };
  const columns = stays.map((stay, index) => {
    const own = addBattery(program, {
      ...stay,
      slotHours,
      initialKwh: stay.arrivingKwh,
      chargeKw: stay.powerKw,
      dischargeKw: stay.powerKw,
      chargePerKwh: (slot) => stay.rentPerKwh[slot]!,
      dischargePerKwh: (slot) => stay.rentPerKwh[slot]!,
      isExclusive: (slot) => isExclusive({ kind: 'stay', index, slot }),
      name: (what, slot) => rentedName(stay.id, what, slot),
    });
    program.addRow({
      name: rentedName(stay.id, 'energy agreed when it leaves'),
      lower: stay.leavingKwh,
      upper: stay.leavingKwh,
      terms: [[own.energy.at(-1)!, 1]],
    });
    return own;
  });
  const given = (index: number, slot: number): Term[] => {
    const { from, until } = stays[index]!;
    if (slot < from || slot >= until) return [];
    const { charge, discharge } = columns[index]!;
    return [
      [discharge[slot - from]!, 1],
      [charge[slot - from]!, -1],
    ];
  };
  return {
    given,
    supply: perSlot(problem, (slot) => stays.flatMap((_, k) => given(k, slot))),
    read: (valueOf) => {
      const answer = stays.map((stay, k): StaySchedule => {
        const own = columns[k]!;
        const inPlace = (of: readonly number[]): number[] =>
          perSlot(problem, (slot) => (slot < stay.from || slot >= stay.until ? 0 : valueOf(of[slot - stay.from]!)));
        return {
          id: stay.id,
          chargeKw: inPlace(own.charge),
          dischargeKw: inPlace(own.discharge),
          energyKwh: inPlace(own.energy),
        };
      });
      const truckRent = answer.reduce(
        (total, { chargeKw, dischargeKw }, k) =>
          stays[k]!.rentPerKwh.reduce(
            (sum, rent, slot) => sum + rent * slotHours * (chargeKw[slot]! + dischargeKw[slot]!),
            total,
          ),
        0,
      );
      return { answer: { stays: answer }, cost: { truckRent } };
    },
  };
}

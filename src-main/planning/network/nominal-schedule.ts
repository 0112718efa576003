/** The site with its load alone, all else standing still: the flow from which a first guess is made of what a linear network model misses. */
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';

export function nominalSchedule(problem: V2gProblem): V2gSchedule {
  const still = (): number[] => new Array<number>(problem.slots).fill(0);
  return {
    slots: problem.slots,
    slotHours: problem.slotHours,
    protection: problem.uncertainty.protection,
    worstDeviationKw: still(),
    evShare: still(),
    gas: problem.gas.map(({ id }) => ({ id, outputKw: still(), on: still() })),
    wind: problem.wind.map(({ id }) => ({ id, outputKw: still() })),
    storage: problem.storage.map(({ id }) => ({ id, chargeKw: still(), dischargeKw: still(), energyKwh: still() })),
    grid: null,
    evs: problem.evs.map(({ id }) => ({
      id,
      chargeKw: still(),
      dischargeKw: still(),
      energyKwh: still(),
      unmetKwh: 0,
    })),
    cost: {
      generation: 0,
      noLoad: 0,
      startUp: 0,
      shutDown: 0,
      windMaintenance: 0,
      storageWear: 0,
      gridPurchase: 0,
      gridSale: 0,
      evDischarge: 0,
      unmetEnergy: 0,
    },
    totalCost: 0,
    objective: 0,
  };
}

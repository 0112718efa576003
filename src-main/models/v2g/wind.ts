/** Wind parks: 0 ≤ w_{k,t} ≤ available_{k,t} (curtailable; held where pinned), maintenance per kWh produced. */
import type { Column } from '../../program/program.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { windName } from './names.ts';
import type { V2gSchedule } from './schedule.ts';

export interface WindDevice extends Device<V2gSchedule['wind']> {
  /** [park][slot] */
  columns: Column[][];
}

export function addWind({ program, problem }: Stage): WindDevice {
  const { slotHours, lossShare } = problem;
  const output = problem.wind.map((park) =>
    perSlot(problem, (slot) =>
      program.addColumn({
        name: windName(park.id, 'output', slot),
        lower: park.pinnedKw?.[slot] ?? 0,
        upper: park.pinnedKw?.[slot] ?? park.availableKw[slot]!,
        cost: park.maintenancePerKwh * slotHours,
      }),
    ),
  );
  return {
    columns: output,
    supply: perSlot(problem, (slot) => output.map((columns) => [columns[slot]!, 1 - lossShare] as const)),
    read: (valueOf) => {
      const answer = problem.wind.map((park, k) => ({ id: park.id, outputKw: output[k]!.map(valueOf) }));
      const windMaintenance = answer.reduce(
        (sum, park, k) =>
          sum + park.outputKw.reduce((a, b) => a + b, 0) * slotHours * problem.wind[k]!.maintenancePerKwh,
        0,
      );
      return { answer, cost: { windMaintenance } };
    },
  };
}

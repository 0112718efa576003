/**
 * Headroom above the schedule, as a share of the expected load D_t of the same slot:
 *
 *   installed:  Σ_units (max − g_t) ≥ share · D_t                              (a unit that is off counts in full)
 *   spinning:   Σ_units (max · on_t − g_t) + Σ_storage v_t ≥ share · D_t       0 ≤ v_t ≤ discharge − d_t + c_t,  v_t ≤ (e_t − min) η / Δ
 *
 * v is what a storage unit can add at once and hold for one slot with the energy it has. Where units answer deviations themselves (responses.ts)
 * the headroom is what is left when they have: g, d and e are then those of the worst day. Symbol: v → `spare`.
 */
import type { Term } from '../../program/program.ts';
import type { Stage } from './device.ts';
import type { GasColumns } from './gas.ts';
import { reserveName, storageName } from './names.ts';
import type { BatteryColumns } from './battery.ts';
import type { Responses } from './responses.ts';
import { mostKwAt, reserveShareAt, valueAt } from './slot-values.ts';

export function addReserve(
  stage: Stage,
  gas: readonly GasColumns[],
  storage: readonly BatteryColumns[],
  responses: Responses,
): void {
  const { program, problem } = stage;
  const { shareOfLoad, shareOfLoadAt, counts } = problem.reserve;
  if (shareOfLoad === 0 && shareOfLoadAt === undefined) return;
  for (let slot = 0; slot < problem.slots; slot++) {
    const terms: Term[] = [];
    let installedKw = 0;
    problem.gas.forEach((unit, k) => {
      terms.push([gas[k]!.output[slot]!, -1]);
      const response = responses.gas[k]![slot] ?? null;
      if (response !== null) terms.push([response, -1]);
      const on = gas[k]!.commitment?.on[slot];
      if (counts === 'spinning' && on !== undefined) terms.push([on, mostKwAt(unit, slot)]);
      else installedKw += mostKwAt(unit, slot);
    });
    if (counts === 'spinning')
      problem.storage.forEach((_, k) => terms.push(spareOf(stage, storage[k]!, responses, k, slot)));
    program.addRow({
      name: reserveName(slot),
      lower: reserveShareAt(problem, slot) * problem.loadKw[slot]! - installedKw,
      upper: Infinity,
      terms,
    });
  }
}

function spareOf(
  { program, problem }: Stage,
  own: BatteryColumns,
  { storage, givenKwh }: Responses,
  index: number,
  slot: number,
): Term {
  const unit = problem.storage[index]!;
  const response = storage[index]![slot] ?? null;
  const name = (what: string): string => storageName(unit.id, what, slot);
  const spare = program.addColumn({ name: name('spinning reserve'), lower: 0, upper: Infinity });
  program.addRow({
    name: name('reserve within power'),
    lower: -Infinity,
    upper: valueAt(unit.dischargeKwAt, slot, unit.dischargeKw),
    terms: [
      [spare, 1],
      [own.discharge[slot]!, 1],
      [own.charge[slot]!, -1],
      ...(response === null ? [] : [[response, 1] as const]),
    ],
  });
  const kwPerKwh = unit.dischargeEfficiency / problem.slotHours;
  program.addRow({
    name: name('reserve within energy'),
    lower: -Infinity,
    upper: -valueAt(unit.minKwhAt, slot, unit.minKwh) * kwPerKwh,
    terms: [
      [spare, 1],
      [own.energy[slot]!, -kwPerKwh],
      ...givenKwh[index]![slot]!.terms.map(([column, value]): Term => [column, value * kwPerKwh]),
    ],
  });
  return [spare, 1];
}

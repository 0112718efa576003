/**
 * Headroom above the schedule, as a share of the expected load D_t of the same slot:
 *
 *   installed:  Σ_units (max − g_t) ≥ share · D_t                              (a unit that is off counts in full)
 *   spinning:   Σ_units (max · on_t − g_t) + Σ_storage, trucks v_t ≥ share · D_t       0 ≤ v_t ≤ discharge − d_t + c_t,  v_t ≤ (e_t − min) η / Δ
 *
 * v is what a storage unit can add at once and hold for one slot with the energy it has; a truck of one's own where it stands at the site
 * (trucks.ts), several at one station with Σ_k (d_k − c_k + v_k) ≤ its power. A rented truck is promised back as agreed and holds nothing. Where
 * units answer deviations themselves (responses.ts) or offer regulation (services/) the headroom is what is left when they have: g, d and e are then
 * those of the worst day.
 * Symbol: v → `spare`.
 */
import type { Column, Term } from '../../program/program.ts';
import type { Stage } from './device.ts';
import type { GasColumns } from './gas.ts';
import { reserveName, storageName, truckName } from './names.ts';
import type { BatteryColumns } from './battery.ts';
import type { Responses } from './responses.ts';
import type { TruckFleet } from './mobile.ts';
import { given, isScarce, type TruckStand } from './trucks.ts';
import { drainedAt, type Held } from './services/held.ts';
import type { HeldDevices } from './services/held-devices.ts';
import { mostKwAt, reserveShareAt, valueAt } from './slot-values.ts';

export function addReserve(
  stage: Stage,
  gas: readonly GasColumns[],
  storage: readonly BatteryColumns[],
  responses: Responses,
  trucks: readonly TruckStand[],
  held: HeldDevices,
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
      const regulation = held.gas[k]?.regulation[slot] ?? null;
      if (regulation !== null) terms.push([regulation, -1]);
      const on = gas[k]!.commitment?.on[slot];
      if (counts === 'spinning' && on !== undefined) terms.push([on, mostKwAt(unit, slot)]);
      else installedKw += mostKwAt(unit, slot);
    });
    if (counts === 'spinning') {
      problem.storage.forEach((_, k) => terms.push(spareOf(stage, storage[k]!, responses, held.storage[k], k, slot)));
      terms.push(...spareOfTrucks(stage, trucks, slot));
    }
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
  held: Held | undefined,
  index: number,
  slot: number,
): Term {
  const unit = problem.storage[index]!;
  const response = storage[index]![slot] ?? null;
  const regulation = held?.regulation[slot] ?? null;
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
      ...(regulation === null ? [] : [[regulation, 1] as const]),
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
      ...[...givenKwh[index]![slot]!.terms, ...(held ? drainedAt(held, slot).terms : [])].map(
        ([column, value]): Term => [column, value * kwPerKwh],
      ),
    ],
  });
  return [spare, 1];
}

/** Of the trucks that stand at the site in the slot; several at a scarce station have its power between them. */
function spareOfTrucks({ program, problem }: Stage, stands: readonly TruckStand[], slot: number): Term[] {
  const fleet = problem.trucks;
  if (!fleet) return [];
  const here = stands.filter((stand) => stand.slot === slot && fleet.places[stand.place]!.kind === 'station');
  const spares = here.map((stand) => ({ stand, spare: addSpare({ program, problem }, fleet, stand) }));
  for (const [place, own] of Map.groupBy(spares, ({ stand }) => stand.place)) {
    if (!isScarce(fleet, place)) continue;
    const { id, powerKw } = fleet.places[place]!;
    const terms = own.flatMap(({ stand, spare }): Term[] => [[spare, 1], ...given(stand)]);
    const name = `station ${id}: power with reserve, slot ${slot}`;
    program.addRow({ name, lower: -Infinity, upper: powerKw, terms });
  }
  return spares.map(({ spare }): Term => [spare, 1]);
}

function addSpare(
  { program, problem }: Pick<Stage, 'program' | 'problem'>,
  { places }: TruckFleet,
  stand: TruckStand,
): Column {
  const { truck, place, slot, flow, energy, mostKw } = stand;
  const name = (what: string): string => truckName(truck.id, `${what} at ${places[place]!.id}`, slot);
  const spare = program.addColumn({ name: name('spinning reserve'), lower: 0, upper: Infinity });
  program.addRow({
    name: name('reserve within power'),
    lower: -Infinity,
    upper: 0,
    terms: [[spare, 1], ...given(stand), [flow, -mostKw]],
  });
  const kwPerKwh = truck.dischargeEfficiency / problem.slotHours;
  program.addRow({
    name: name('reserve within energy'),
    lower: -Infinity,
    upper: 0,
    terms: [
      [spare, 1],
      [energy, -kwPerKwh],
      [flow, truck.minKwh * kwPerKwh],
    ],
  });
  return spare;
}

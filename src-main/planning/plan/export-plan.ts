/** A plan as files: the slot table of the schedule screen as CSV, or the whole record as JSON with its hashes. */
import { planSchemaVersion } from '../../base/schema-versions.ts';
import { slotStart, type Horizon } from '../../base/horizon.ts';
import { zoneOf } from '../../base/zone.ts';
import { costBySlot } from './cost-by-slot.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import { committedDemandKw, netEvKw, reserveKw, sumSlots } from './plan-totals.ts';
import type { PlanRecord } from '../ports.ts';
import { trucksView } from './trucks-view.ts';

export function exportPlan(
  plan: PlanRecord,
  horizon: Horizon,
  format: 'csv' | 'json',
): { fileName: string; text: string } {
  const stem = `surewatt-plan-${plan.id}`;
  if (format === 'json')
    return {
      fileName: `${stem}.json`,
      text: `${JSON.stringify({ schemaVersion: planSchemaVersion, ...plan }, null, 1)}\n`,
    };
  const columns = slotColumns(plan);
  const zone = zoneOf(horizon.zone);
  const rows = Array.from({ length: horizon.slots }, (_, slot): CsvCell[] => [
    zone.format(slotStart(horizon, slot)),
    ...columns.map((column) => column.values[slot] ?? null),
  ]);
  return { fileName: `${stem}.csv`, text: csvText(['slot start', ...columns.map((column) => column.header)], rows) };
}

interface SlotColumn {
  header: string;
  values: ArrayLike<number>;
}

/** One column per quantity, unit in the header; what the slot table of the schedule screen shows. */
function slotColumns(plan: PlanRecord): SlotColumn[] {
  const { problem, schedule } = plan;
  const reserve = reserveKw(problem, schedule);
  const perKwh = `${problem.currency}/kWh`;
  const ofAggregator = (index: number, pick: (ev: (typeof schedule.evs)[number]) => number[]) =>
    sumSlots(problem.slots, schedule.evs.filter((_, at) => problem.evs[at]!.aggregator === index).map(pick));
  return [
    { header: 'load (kW)', values: problem.loadKw },
    { header: 'committed demand (kW)', values: committedDemandKw(problem, schedule) },
    { header: 'worst deviation (kW)', values: schedule.worstDeviationKw },
    { header: 'EV share of deviation', values: schedule.evShare },
    ...schedule.gas.map((unit, at) => ({ header: `${problem.gas[at]!.name} (kW)`, values: unit.outputKw })),
    ...schedule.wind.flatMap((park, at) => [
      { header: `${problem.wind[at]!.name} (kW)`, values: park.outputKw },
      { header: `${problem.wind[at]!.name} available (kW)`, values: problem.wind[at]!.availableKw },
    ]),
    ...schedule.storage.flatMap((unit, at) => [
      { header: `${problem.storage[at]!.name} charge (kW)`, values: unit.chargeKw },
      { header: `${problem.storage[at]!.name} discharge (kW)`, values: unit.dischargeKw },
      { header: `${problem.storage[at]!.name} energy after slot (kWh)`, values: unit.energyKwh },
    ]),
    ...(trucksView(plan)?.units ?? []).flatMap((unit) => [
      { header: `${unit.name} charge at the site (kW)`, values: unit.chargeKw },
      { header: `${unit.name} discharge at the site (kW)`, values: unit.dischargeKw },
      { header: `${unit.name} energy after slot (kWh)`, values: unit.energyKwh },
    ]),
    ...(schedule.grid && problem.grid
      ? [
          { header: 'grid import (kW)', values: schedule.grid.importKw },
          { header: 'grid export (kW)', values: schedule.grid.exportKw },
          { header: `purchase price (${perKwh})`, values: problem.grid.buyPerKwh },
          { header: `sale price (${perKwh})`, values: problem.grid.sellPerKwh },
        ]
      : []),
    { header: 'net EV demand (kW)', values: netEvKw(problem, schedule) },
    ...problem.aggregators.flatMap((aggregator, index) => [
      { header: `${aggregator.name} charge (kW)`, values: ofAggregator(index, (ev) => ev.chargeKw) },
      { header: `${aggregator.name} discharge (kW)`, values: ofAggregator(index, (ev) => ev.dischargeKw) },
      {
        header: `${aggregator.name} energy of connected cars (kWh)`,
        values: ofAggregator(index, (ev) => ev.energyKwh),
      },
    ]),
    { header: 'reserve required (kW)', values: reserve.required },
    { header: 'reserve available (kW)', values: reserve.available },
    { header: `cost (${problem.currency})`, values: costBySlot(problem, schedule) },
  ];
}

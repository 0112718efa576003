/**
 * A plan of mobile storage as files: the itinerary for the drivers, the slot table, features for a map (in the shape of GeoJSON where
 * the network has degrees), or the whole record with its hashes. Times are ISO 8601 with offset.
 */
import { slotStart } from '../../base/horizon.ts';
import { smsPlanSchemaVersion } from '../../base/schema-versions.ts';
import { zoneOf } from '../../base/zone.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import { itineraryText, type ItineraryDay } from './itinerary-text.ts';
import { legView } from './leg-view.ts';
import type { RoadsRecord, SmsPlanRecord } from './mobile-ports.ts';
import { smsHorizon } from './sms-horizon.ts';

export type SmsFormat = 'csv' | 'slots' | 'geo' | 'json';
const minuteMs = 60_000;

/** @param roads those of the plan. */
export function exportSmsPlan(
  record: SmsPlanRecord,
  roads: RoadsRecord,
  format: SmsFormat,
): { fileName: string; text: string } {
  const stem = `surewatt-plan-${record.id}`;
  switch (format) {
    case 'csv':
      return { fileName: `${stem}-itinerary.csv`, text: itineraryText(itineraryOf(record)) };
    case 'slots':
      return { fileName: `${stem}-slots.csv`, text: slotTable(record) };
    case 'geo':
      return { fileName: `${stem}-map.json`, text: `${JSON.stringify(features(record, roads), null, 1)}\n` };
    case 'json':
      return {
        fileName: `${stem}.json`,
        text: `${JSON.stringify({ schemaVersion: smsPlanSchemaVersion, ...record }, null, 1)}\n`,
      };
  }
}

const clockOf = (record: SmsPlanRecord) => {
  const horizon = smsHorizon(record);
  const zone = zoneOf(horizon.zone);
  return (slot: number, minutes = 0): string => zone.format(slotStart(horizon, slot) + Math.round(minutes * minuteMs));
};

function itineraryOf(record: SmsPlanRecord): ItineraryDay {
  const { plan, problem, storage, ways } = record;
  const kilo = (mega: readonly number[]): number[] => mega.map((value) => 1000 * value);
  // Driving that only costs takes nothing from the battery.
  const battery = problem.travelEnergyMwh !== undefined;
  return {
    horizon: smsHorizon(record),
    terminals: storage.terminals,
    drivesOn: battery ? 'battery' : 'elsewhere',
    trucks: plan.trucks.map((truck, k) => ({
      name: storage.trucks[k]!.name,
      legs: truck.legs.map((leg) => legView(leg, ways, problem.trucks[k]!.drivingFactor ?? 1)),
      chargeKw: kilo(truck.chargeMw),
      dischargeKw: kilo(truck.dischargeMw),
      energyKwh: kilo(truck.energyMwh),
    })),
  };
}

const wayOf = ({ ways }: SmsPlanRecord, leg: { from: number; to: number; fromSlot: number }) =>
  ways.find((way) => way.from === leg.from && way.to === leg.to && way.fromSlot === leg.fromSlot)!;

function slotTable(record: SmsPlanRecord): string {
  const { plan, problem, storage, currency } = record;
  const clock = clockOf(record);
  const rows = plan.trucks.flatMap((truck, k) =>
    truck.terminalBySlot.map((at, slot): CsvCell[] => {
      const terminal = at === null ? null : problem.terminals[at]!;
      const rent = terminal?.kind === 'station' ? plan.priceUsdPerMwh[terminal.grid]![slot]! / 1000 : null;
      const place = at === null ? 'on the road' : storage.terminals[at]!.name;
      const grid = terminal?.kind === 'station' ? storage.grids[terminal.grid]!.name : '';
      const [charge, discharge, energy] = [truck.chargeMw[slot]!, truck.dischargeMw[slot]!, truck.energyMwh[slot]!];
      return [storage.trucks[k]!.name, clock(slot), place, grid, 1000 * charge, 1000 * discharge, 1000 * energy, rent];
    }),
  );
  const header = [
    'truck',
    'slot start',
    'place',
    'grid',
    'charge (kW)',
    'discharge (kW)',
    'energy after slot (kWh)',
    `rent (${currency}/kWh)`,
  ];
  return csvText(header, rows);
}

function features(record: SmsPlanRecord, { network, coordinates, attribution }: RoadsRecord) {
  const { plan, storage, terminalNodes } = record;
  const clock = clockOf(record);
  const at = (node: number): [number, number] => [network.nodes[node]!.x, network.nodes[node]!.y];
  const terminals = storage.terminals.map(({ id, name, grid }, index) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: at(terminalNodes[index]!) },
    properties: { what: 'terminal', id, name, grid },
  }));
  const trips = plan.trucks.flatMap((truck, k) =>
    truck.legs.flatMap((leg) => {
      if (leg.kind === 'stay') return [];
      const way = wayOf(record, leg);
      return [
        {
          type: 'Feature',
          geometry: { type: 'LineString', coordinates: way.nodes.map(at) },
          properties: {
            what: 'trip',
            truck: storage.trucks[k]!.name,
            from: storage.terminals[leg.from]!.name,
            to: storage.terminals[leg.to]!.name,
            start: clock(leg.fromSlot),
            end: clock(leg.fromSlot, way.minutes),
            latestEnd: clock(leg.fromSlot, way.latestMinutes),
            distanceKm: way.lengthKm,
          },
        },
      ];
    }),
  );
  return {
    type: 'FeatureCollection',
    plan: record.id,
    // 'degrees' is longitude and latitude; any other drawing has no place on the earth.
    coordinates,
    attribution,
    features: [...terminals, ...trips],
  };
}

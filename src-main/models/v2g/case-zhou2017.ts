/**
 * The reference case: the system of Zhou et al. (2017) at half hours from noon to noon, with one gas unit, four wind turbines, 100 EVs and six
 * aggregators. The paper gives sizes and curves as pictures; the parameters are ours, chosen to land on its costs.
 *
 * Generated here: load and wind as sums of bumps over a floor, in kW at the middle of each slot, h hours after midnight, with the distance
 * d(h, m) on the 24-hour circle:
 *
 *   load(h) = 215 + 600 e^{−d(h, 20.25)²/2·1.7²} + 150 e^{−d(h, 7.6)²/2·1.2²} + 120 e^{−d(h, 14)²/2·3²}
 *   wind(h) =  55 + 485 e^{−d(h, 2.6)²/2·3.5²} + 150 e^{−d(h, 12.5)²/2·2.5²},       in shares of 27, 26, 24 and 23 hundredths
 *
 * Bundled as numbers (case-zhou2017.json): arrivals, departures, sizes and initial energies of the EVs, and the half widths of the aggregators'
 * charging loads from 30 drawn days, mean ± t_{29, 0.975} √(1 + 1/30) standard deviations. Both are synthetic and ours.
 */
import bundled from './case-zhou2017.json' with { type: 'json' };
import { chargeAtOnce } from './connection.ts';
import type { Ev, V2gProblem } from './problem.ts';

/** Days behind the half widths, and the coverage they were made for. */
export const zhou2017History = { days: 30, coverage: 0.95 };

interface Bump {
  heightKw: number;
  hour: number;
  widthHours: number;
}
const loadFloorKw = 215;
const loadBumps: Bump[] = [
  { heightKw: 600, hour: 20.25, widthHours: 1.7 },
  { heightKw: 150, hour: 7.6, widthHours: 1.2 },
  { heightKw: 120, hour: 14, widthHours: 3 },
];
const windFloorKw = 55;
const windBumps: Bump[] = [
  { heightKw: 485, hour: 2.6, widthHours: 3.5 },
  { heightKw: 150, hour: 12.5, widthHours: 2.5 },
];
const windShares = [0.27, 0.26, 0.24, 0.23];
const slots = 48;
const slotHours = 0.5;
const firstHour = 12;

/** The case with full recourse at protection 0; a query changes `uncertainty.protection`, `recourse` or `charging`. */
export function zhou2017Problem(): V2gProblem {
  const hours = Array.from({ length: slots }, (_, slot) => firstHour + slotHours * (slot + 0.5));
  const evs = bundled.evs.map(evOf);
  const aggregators = bundled.halfWidthKw.map((_, l) => ({ id: `aggregator-${l + 1}`, name: `Aggregator ${l + 1}` }));
  return {
    name: 'Zhou 2017 case, 48 slots',
    currency: 'USD',
    slots,
    slotHours,
    loadKw: hours.map((hour) => curve(hour, loadFloorKw, loadBumps)),
    wind: windShares.map((share, k) => ({
      id: `wind-${k + 1}`,
      name: `Wind ${k + 1}`,
      availableKw: hours.map((hour) => share * curve(hour, windFloorKw, windBumps)),
      maintenancePerKwh: 0.017,
    })),
    gas: [
      {
        id: 'gas-1',
        name: 'Gas 1',
        minKw: 0,
        maxKw: 1700,
        rampKwPerHour: 1000,
        costLinearPerKwh: 0.07,
        costQuadraticPerKwh2: 2.6e-4,
        costSegments: 17,
        noLoadPerHour: 0,
        startUpCost: 0,
        shutDownCost: 0,
        minimumUpHours: 0,
        minimumDownHours: 0,
        commitment: 'always-on',
        initial: { state: 'free' },
      },
    ],
    storage: [],
    grid: null,
    aggregators,
    evs,
    throughputPerKwh: 0.001,
    dischargePerKwh: 0,
    unmetPerKwh: null,
    lossShare: 0,
    reserve: { shareOfLoad: 0.08, counts: 'installed' },
    uncertainty: {
      components: aggregators.map(({ id, name }, l) => ({
        id,
        name,
        kind: 'aggregator',
        halfWidthKw: bundled.halfWidthKw[l]!,
      })),
      protection: 0,
    },
    recourse: 'optimal',
    charging: 'coordinated',
    uncoordinatedKw: aggregators.map((_, l) => uncoordinated(evs.filter((ev) => ev.aggregator === l))),
  };
}

function evOf(row: readonly number[], index: number): Ev {
  const [aggregator, capacityKwh, arrivalSlot, departureSlot, initialKwh] = row as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    id: `ev-${index + 1}`,
    aggregator,
    cars: 1,
    capacityKwh,
    arrivalSlot,
    departureSlot,
    initialKwh,
    minKwh: 0.2 * capacityKwh,
    maxKwh: capacityKwh,
    requiredKwh: 0.85 * capacityKwh,
    chargeKw: 10,
    dischargeKw: 7,
    efficiency: 0.95,
  };
}

function curve(hour: number, floorKw: number, bumps: readonly Bump[]): number {
  return bumps.reduce((sum, { heightKw, hour: peak, widthHours }) => {
    const distance = ((((hour - peak + 12) % 24) + 24) % 24) - 12;
    return sum + heightKw * Math.exp(-(distance ** 2) / (2 * widthHours ** 2));
  }, floorKw);
}

function uncoordinated(evs: readonly Ev[]): number[] {
  const total = new Array<number>(slots).fill(0);
  for (const ev of evs)
    chargeAtOnce(ev, slots, slotHours).chargeKw.forEach((kw, slot) => {
      total[slot]! += kw;
    });
  return total;
}

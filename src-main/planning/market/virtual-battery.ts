/**
 * The cars and batteries of a site as one battery by the hour, the way the market sees them.
 *
 * x is the energy put into the fleet since the day began. Each car allows x between "as late as it may" and "as soon as it can" while it
 * stands there, and leaves with exactly the energy it needs; the sums over cars bound the fleet. The sum is what the fleet can do at most:
 * cars of very different sizes may not be able to follow every path inside it, so what is dispatched is settled by the day's plan.
 */
import type { Ev, StorageUnit } from '../../models/v2g/problem.ts';
import type { MarketStorage } from '../../models/market/problem.ts';
import type { Site } from '../site.ts';

export interface VirtualBattery {
  storage: MarketStorage;
  startLevel: number;
  /** Energy of level 0, against the start of the day. */
  offsetKwh: number;
  /** At the start and the end of every hour, against the start of the day [hour 0 … hours]. */
  leastKwh: number[];
  mostKwh: number[];
  cars: number;
}

export interface FleetParts {
  site: Pick<Site, 'storage' | 'grid' | 'dischargePerKwh' | 'throughputPerKwh'>;
  evs: readonly Ev[];
  /** Slots of the site in the day, and their length. */
  slots: number;
  slotMinutes: number;
}

/** Levels the energy of the fleet is cut into. */
const energyLevels = 61;

/** What the fleet as one battery can do by the hour, before its energy is cut into levels; energies in the batteries. */
export interface FleetBands {
  /** At the start and the end of every hour, against the start of the day [hour 0 … hours]. */
  leastKwh: number[];
  mostKwh: number[];
  /** Most energy put in and taken out of the batteries in an hour [hour]. */
  chargeKwh: number[];
  dischargeKwh: number[];
  /** One way. */
  efficiency: number;
  /** On each MWh taken out. */
  degradationPerMwh: number;
}

export function fleetBands({ site, evs, slots, slotMinutes }: FleetParts): FleetBands {
  const perHour = 60 / slotMinutes;
  const hours = slots / perHour;
  const slotHours = slotMinutes / 60;
  const bands: FleetBands = {
    leastKwh: new Array<number>(hours + 1).fill(0),
    mostKwh: new Array<number>(hours + 1).fill(0),
    chargeKwh: new Array<number>(hours).fill(0),
    dischargeKwh: new Array<number>(hours).fill(0),
    ...averages(site, evs),
  };
  for (const ev of evs) {
    const band = carBand(ev, slotHours);
    for (let hour = 0; hour <= hours; hour++) {
      const [low, high] = band(hour * perHour);
      bands.leastKwh[hour]! += low;
      bands.mostKwh[hour]! += high;
    }
    for (let slot = ev.arrivalSlot; slot < ev.departureSlot; slot++) {
      bands.chargeKwh[Math.floor(slot / perHour)]! += ev.chargeKw * ev.efficiency * slotHours;
      bands.dischargeKwh[Math.floor(slot / perHour)]! += (ev.dischargeKw / ev.efficiency) * slotHours;
    }
  }
  for (const unit of site.storage) addUnit(unit, hours, bands);
  return bands;
}

/** Null when nothing can be charged or discharged. */
export function virtualBattery(parts: FleetParts): VirtualBattery | null {
  const { site, evs } = parts;
  const bands = fleetBands(parts);
  const { leastKwh: least, mostKwh: most, chargeKwh: charge, dischargeKwh: discharge, efficiency } = bands;
  const lowest = Math.min(...least);
  const range = Math.max(...most) - lowest;
  if (!(range > 0)) return null;
  const stepKwh = range / (energyLevels - 2);
  const startLevel = Math.ceil(-lowest / stepKwh - 1e-9);
  const grid = site.grid;
  // Power ends at the connection of the site too.
  const bought = grid ? grid.importLimitKw * efficiency : Infinity;
  const sold = grid ? grid.exportLimitKw / efficiency : Infinity;
  const chargeSteps = charge.map((kwh) => Math.round(Math.min(kwh, bought) / stepKwh));
  const dischargeSteps = discharge.map((kwh) => Math.round(Math.min(kwh, sold) / stepKwh));
  const level = (kwh: number): number => startLevel + kwh / stepKwh;
  const clamp = (value: number): number => Math.min(energyLevels - 1, Math.max(0, value));
  return {
    startLevel,
    offsetKwh: -startLevel * stepKwh,
    leastKwh: least,
    mostKwh: most,
    cars: evs.reduce((sum, { cars }) => sum + cars, 0),
    storage: {
      energyLevels,
      stepKwh,
      maxStepsPerSlot: Math.max(...chargeSteps, ...dischargeSteps),
      efficiency,
      degradationPerMwh: bands.degradationPerMwh,
      // What is owed is kept by the bands; more than that left at the end earns nothing.
      terminalPerMwh: 0,
      requiredLevel: 0,
      shortfallPerMwh: 0,
      buyFeePerMwh: 1000 * (grid?.feePerKwh ?? 0),
      saleShare: grid?.saleShare ?? 1,
      bySlot: {
        chargeSteps,
        dischargeSteps,
        // To within one level: a band narrower than a level must keep one.
        leastLevel: least.slice(1).map((kwh) => clamp(Math.floor(level(kwh) + 1e-9))),
        mostLevel: most.slice(1).map((kwh) => clamp(Math.ceil(level(kwh) - 1e-9))),
      },
    },
  };
}

/** Least and most energy put into a car since it came, at the start of a slot. */
function carBand(ev: Ev, slotHours: number): (slot: number) => readonly [number, number] {
  const up = ev.chargeKw * ev.efficiency * slotHours;
  const down = (ev.dischargeKw / ev.efficiency) * slotHours;
  const need = ev.requiredKwh - ev.initialKwh;
  return (slot) => {
    if (slot <= ev.arrivalSlot) return [0, 0];
    if (slot >= ev.departureSlot) return [need, need];
    const stood = slot - ev.arrivalSlot;
    const left = ev.departureSlot - slot;
    const high = Math.min(ev.maxKwh - ev.initialKwh, up * stood, need + down * left);
    const low = Math.max(ev.minKwh - ev.initialKwh, -down * stood, need - up * left);
    return [Math.min(low, high), high];
  };
}

function addUnit(unit: StorageUnit, hours: number, { leastKwh, mostKwh, chargeKwh, dischargeKwh }: FleetBands): void {
  const up = unit.chargeKw * unit.chargeEfficiency;
  const down = unit.dischargeKw / unit.dischargeEfficiency;
  for (let hour = 1; hour <= hours; hour++) {
    const atEnd = unit.finalMinKwh - unit.initialKwh - up * (hours - hour);
    leastKwh[hour]! += Math.max(unit.minKwh - unit.initialKwh, -down * hour, atEnd);
    mostKwh[hour]! += Math.min(unit.maxKwh - unit.initialKwh, up * hour);
    chargeKwh[hour - 1]! += up;
    dischargeKwh[hour - 1]! += down;
  }
}

/** One-way efficiency weighted by charging power, wear by discharging power. */
function averages(site: FleetParts['site'], evs: readonly Ev[]): { efficiency: number; degradationPerMwh: number } {
  let charging = 0;
  let efficient = 0;
  let discharging = 0;
  let wear = 0;
  for (const ev of evs) {
    charging += ev.chargeKw;
    efficient += ev.chargeKw * ev.efficiency;
    discharging += ev.dischargeKw;
    wear += ev.dischargeKw * (site.dischargePerKwh + 2 * site.throughputPerKwh);
  }
  for (const unit of site.storage) {
    charging += unit.chargeKw;
    efficient += unit.chargeKw * Math.sqrt(unit.chargeEfficiency * unit.dischargeEfficiency);
    discharging += unit.dischargeKw;
    wear += unit.dischargeKw * 2 * unit.degradationPerKwh;
  }
  return {
    efficiency: charging > 0 ? efficient / charging : 1,
    degradationPerMwh: discharging > 0 ? (1000 * wear) / discharging : 0,
  };
}

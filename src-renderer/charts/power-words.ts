import { formatQuantity } from '../components/format-number.ts';
import type { PowerScale } from '../components/power-scale.ts';

/** A power in kW as words for summaries and readings, in the unit of the panel. */
export const powerWords = (kilowatts: number, scale: PowerScale): string =>
  formatQuantity(kilowatts / scale.divideBy, scale.power);

/** An energy in kWh as words. */
export const energyWords = (kilowattHours: number, scale: PowerScale): string =>
  formatQuantity(kilowattHours / scale.divideBy, scale.energy);

/** One unit for a whole panel: kW and kWh until the largest value would need five digits, then MW and MWh. */
export interface PowerScale {
  /** Divide a value in kW or kWh by this. */
  divideBy: 1 | 1000;
  power: 'kW' | 'MW';
  energy: 'kWh' | 'MWh';
}

/** @param largest the largest absolute value to be shown, kW or kWh */
export function powerScale(largest: number): PowerScale {
  return Math.abs(largest) >= 10_000
    ? { divideBy: 1000, power: 'MW', energy: 'MWh' }
    : { divideBy: 1, power: 'kW', energy: 'kWh' };
}

/**
 * A value as a readout beside a chart shows it: what is smaller than a ten-thousandth of the chart's scale cannot be told from
 * nothing there, so solver dust reads as 0.
 */
export function readable(value: number, scaleMaximum: number): number {
  return Math.abs(value) < scaleMaximum * 1e-4 ? 0 : value;
}

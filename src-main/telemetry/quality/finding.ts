/** What a quality rule found: which values, why, in a plain sentence with numbers. */
import type { FlagKind } from '../types.ts';
import type { SeriesShape } from './quality-source.ts';

export interface Finding {
  kind: FlagKind;
  fromUtcMs: number;
  toUtcMs: number;
  /** Values concerned; for gaps the values missing. */
  count: number;
  detail: string;
}

/** States something of slots [from, to) of the whole series. */
export function finding(shape: SeriesShape, kind: FlagKind, from: number, to: number, detail: string): Finding {
  const stepMs = shape.stepMinutes * 60_000;
  return {
    kind,
    fromUtcMs: shape.startUtcMs + from * stepMs,
    toUtcMs: shape.startUtcMs + to * stepMs,
    count: to - from,
    detail,
  };
}

/** 13,366 MW or 1,022.27 EUR/MWh: whole numbers from a hundred on, else three digits that count. */
export function quantity(value: number, unit?: string): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en-GB', digits) + (unit === undefined ? '' : ` ${unit}`);
}

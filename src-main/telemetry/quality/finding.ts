/** What a quality rule found: which values, why, in a plain sentence with numbers. */
import { flagBits, type FlagKind, type RegularSeries } from '../types.ts';

export interface Finding {
  kind: FlagKind;
  fromUtcMs: number;
  toUtcMs: number;
  /** Values concerned; for gaps the values missing. */
  count: number;
  detail: string;
}

/** What every rule is given. `flags` are being built: a rule sets its bits there and returns its findings. */
export interface RuleInput {
  series: RegularSeries;
  flags: Uint16Array;
  /** Forecast beside the actual, or the reverse, on the same step; null when there is none. */
  other: RegularSeries | null;
  zone: string;
}

/** Flags slots [from, to) and states it. */
export function mark(input: RuleInput, kind: FlagKind, from: number, to: number, detail: string): Finding {
  for (let i = from; i < to; i++) input.flags[i]! |= flagBits[kind];
  return note(input, kind, from, to, detail);
}

/** States something of slots [from, to) that does not speak against their values. */
export function note({ series }: RuleInput, kind: FlagKind, from: number, to: number, detail: string): Finding {
  const stepMs = series.stepMinutes * 60_000;
  return {
    kind,
    fromUtcMs: series.startUtcMs + from * stepMs,
    toUtcMs: series.startUtcMs + to * stepMs,
    count: to - from,
    detail,
  };
}

/** Runs [from, to) of slots for which `holds`. */
export function runsWhere(length: number, holds: (slot: number) => boolean): [number, number][] {
  const runs: [number, number][] = [];
  for (let i = 0; i < length; i++) {
    if (!holds(i)) continue;
    const from = i;
    while (i < length && holds(i)) i++;
    runs.push([from, i]);
  }
  return runs;
}

/** 13,366 MW or 1,022.27 EUR/MWh: whole numbers from a hundred on, else three digits that count. */
export function quantity(value: number, unit?: string): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en-GB', digits) + (unit === undefined ? '' : ` ${unit}`);
}

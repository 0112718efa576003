/** Counts the limits checked and keeps the breaches, said with device, slot, amount and unit. */
import type { CheckReport } from './types.ts';

/** A breach smaller than this share of its scale (at least 1 of its unit) is the solver's rounding, not a breach. */
export const checkTolerance = 1e-5;
const mostBreaches = 50;

export interface Claim {
  /** The kind of limit, the same for all devices and slots: "gas maximum". */
  limit: string;
  /** The device: "gas unit Block 1". */
  subject: string;
  /** Index of the slot; null for a limit on the whole day. */
  slot: number | null;
  /** What is measured: "output". */
  quantity: string;
  value: number;
  bound: number;
  unit: string;
  /** Size of the numbers that went into `value`, where a sum of them is small; default: the bound. */
  scale?: number;
}

type Breach = CheckReport['breaches'][number];

export class Ledger {
  #checked = 0;
  readonly #breaches: { relative: number; breach: Breach }[] = [];

  /** value ≤ bound */
  most(claim: Claim): void {
    this.#judge(claim, claim.value - claim.bound, 'above its');
  }

  /** value ≥ bound */
  least(claim: Claim): void {
    this.#judge(claim, claim.bound - claim.value, 'below its');
  }

  /** value = bound */
  equal(claim: Claim): void {
    this.#judge(claim, Math.abs(claim.value - claim.bound), 'instead of');
  }

  /** A contradiction that has no number: a device missing, a series too short. */
  refuse(limit: string, sentence: string): void {
    this.#checked++;
    const breach = { limit, slot: null, amount: 1, unit: '', sentence };
    this.#breaches.push({ relative: 1, breach });
  }

  get clean(): boolean {
    return this.#breaches.length === 0;
  }

  /** Breaches worst first. */
  report(): CheckReport {
    const sorted = this.#breaches.toSorted((a, b) => b.relative - a.relative);
    return {
      passed: sorted.length === 0,
      checked: this.#checked,
      worstBreach: sorted[0]?.relative ?? 0,
      breaches: sorted.slice(0, mostBreaches).map(({ breach }) => breach),
    };
  }

  #judge(claim: Claim, amount: number, relation: string): void {
    this.#checked++;
    const relative = amount / Math.max(1, Math.abs(claim.bound), claim.scale ?? 0);
    // Written so that NaN is a breach.
    if (relative <= checkTolerance) return;
    const { limit, subject, slot, quantity, value, bound, unit } = claim;
    const where = slot === null ? subject : `${subject}, slot ${slot}`;
    const digits = digitsFor(amount);
    const sentence = `${where}: ${quantity} ${formatted(value, digits)} ${unit} ${relation} ${formatted(bound, digits)} ${unit}`;
    this.#breaches.push({ relative, breach: { limit, slot, amount, unit, sentence } });
  }
}

/** Decimals that show a difference of this size. */
const digitsFor = (amount: number): number =>
  amount > 0 && Number.isFinite(amount) ? Math.min(8, Math.max(1, 1 - Math.floor(Math.log10(amount)))) : 1;

const formatted = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

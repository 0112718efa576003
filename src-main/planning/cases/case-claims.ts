/** What Zhou et al. (2017) claim of their case, what our instance of it must show, and whether it does. */
import type { CaseStudyRow } from './case-study.ts';

export interface Claim {
  name: string;
  /** As the paper prints it. */
  paper: string;
  /** What was measured, in the same unit as the range. */
  measured: number;
  /** Accepted range; the case is an instance with the paper's sizes, not its data. */
  low: number;
  high: number;
  unit: 'USD' | '%';
  passed: boolean;
}

export function caseClaims(
  withoutV2g: { costUsd: number; peakLoadKw: number },
  rows: readonly CaseStudyRow[],
): Claim[] {
  const first = rows[0]!;
  const last = rows.at(-1)!;
  const claim = (
    name: string,
    paper: string,
    unit: Claim['unit'],
    measured: number,
    low: number,
    high: number,
  ): Claim => ({ name, paper, measured, low, high, unit, passed: measured >= low && measured <= high });
  const change = (from: number, to: number): number => 100 * (to / from - 1);
  return [
    claim('Cost without V2G', '1,860 USD', 'USD', withoutV2g.costUsd, 1850, 1870),
    claim('Cost with V2G, α = 0', '740 USD', 'USD', first.costUsd, 733, 747),
    claim('Cost with V2G, α = 6', '852 USD', 'USD', last.costUsd, 843, 861),
    claim(
      'Cost of full protection',
      '+14 % (its own 852/740 is +15.1 %)',
      '%',
      change(first.costUsd, last.costUsd),
      14,
      16,
    ),
    claim('Cost against no V2G, α = 6', '−54 %', '%', change(withoutV2g.costUsd, last.costUsd), -55.5, -52.5),
    claim(
      'Peak of residential plus net EV load, α = 6',
      '−49 %',
      '%',
      change(withoutV2g.peakLoadKw, last.peakLoadKw),
      -51,
      -47,
    ),
    claim(
      'Days with any violation, α = 6 against α = 0, independent deviations',
      '−95 % (its figure is 1 − e⁻³, a bound)',
      '%',
      change(first.independent.anyViolation, last.independent.anyViolation),
      -98,
      -88,
    ),
    claim(
      'The same, correlated deviations',
      'not considered',
      '%',
      change(first.correlated.anyViolation, last.correlated.anyViolation),
      -98,
      -88,
    ),
    claim('Fig. 5: charged energy, α = 6 against α = 0', 'rises', '%', change(first.chargeKwh, last.chargeKwh), 1, 4),
    claim(
      'Fig. 5: discharged energy, α = 6 against α = 0',
      'falls',
      '%',
      change(first.dischargeKwh, last.dischargeKwh),
      -40,
      -20,
    ),
  ];
}

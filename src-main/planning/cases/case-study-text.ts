/** The case study as text: two tables in Markdown, the same in a terminal, a report and docs/method/case-study.md. */
import type { Claim } from './case-claims.ts';
import type { CaseStudy, CaseStudyRow } from './case-study.ts';

/** What an independent program found at α = 0 … 6, on its own days (docs/method/case-study.md). */
const reference = {
  costUsd: [737.36, 766.51, 792.67, 813.36, 828.77, 840.9, 848.3],
  anyViolation: [0.69, 0.306, 0.142, 0.078, 0.047, 0.037, 0.035],
  largestSingle: [0.501, 0.278, 0.125, 0.068, 0.035, 0.02, 0.02],
};

export function caseStudyText(study: CaseStudy): string {
  const { rows, draws, claims, withoutV2g, correlation } = study;
  const line = (name: string, cells: (row: CaseStudyRow, index: number) => string): string =>
    `| ${name} | ${rows.map(cells).join(' | ')} |`;
  const share = (value: number): string => value.toFixed(3).replace(/^0/, '');
  const table = [
    line('α', (row) => String(row.protection)),
    `|---|${rows.map(() => '--:|').join('')}`,
    line('cost, USD', (row) => row.costUsd.toFixed(2)),
    line('cost, reference, USD', (_, index) => reference.costUsd[index]?.toFixed(2) ?? ''),
    line('EV charge / discharge, kWh', (row) => `${row.chargeKwh.toFixed(0)} / ${row.dischargeKwh.toFixed(0)}`),
    line('peak of residential plus net EV load, kW', (row) => row.peakLoadKw.toFixed(1)),
    line('days with any violation, independent deviations', (row) => share(row.independent.anyViolation)),
    line('days with any violation, correlated deviations', (row) => share(row.correlated.anyViolation)),
    line('days with any violation, reference (days of a simulated fleet)', (_, index) =>
      share(reference.anyViolation[index] ?? NaN),
    ),
    line('largest single constraint, independent', (row) => share(row.independent.largestSingle)),
    line('largest single constraint, correlated', (row) => share(row.correlated.largestSingle)),
    line('largest single constraint, reference', (_, index) => share(reference.largestSingle[index] ?? NaN)),
    line('bound exp(−α²/2L) / B(L, α)', (row) => `${share(row.boundExponential)} / ${share(row.boundBinomial)}`),
    line(
      'unserved energy, kWh a day, independent / correlated',
      (row) => `${row.independent.expectedUnservedKwh.toFixed(2)} / ${row.correlated.expectedUnservedKwh.toFixed(2)}`,
    ),
  ];
  const amount = (value: number, unit: Claim['unit']): string =>
    `${unit === 'USD' ? value.toFixed(2) : value.toFixed(1).replace('-', '−')} ${unit}`;
  const verdicts = claims.map(
    ({ name, paper, measured, low, high, unit, passed }) =>
      `| ${name} | ${paper} | ${amount(measured, unit)} | ${`${low} … ${high}`.replaceAll('-', '−')} ${unit} | ${passed ? 'yes' : 'NO'} |`,
  );
  return [
    `Without V2G: ${withoutV2g.costUsd.toFixed(2)} USD, peak ${withoutV2g.peakLoadKw.toFixed(1)} kW. ` +
      `${draws.days} drawn days, seed ${draws.seed}; correlated: ${correlation.betweenComponents} between loads, ${correlation.betweenSlots} from slot to slot; ${study.solver}.`,
    '',
    ...table,
    '',
    '| claim | paper | measured | accepted | holds |',
    '|---|---|--:|---|---|',
    ...verdicts,
    '',
    'Charge and discharge are those of the committed schedule with energy-backed recourse (θ a decision), not the protected power p + β.',
  ].join('\n');
}

/** The case study as text: two tables in Markdown, the same in a terminal, a report and docs/method/case-study.md. */
import type { CaseStudy, CaseStudyRow } from './case-study.ts';

/** What our independent reference run found at α = 0 … 6 (docs/method/case-study.md). */
const reference = {
  costUsd: [737.36, 766.51, 792.67, 813.36, 828.77, 840.9, 848.3],
  anyViolation: [0.69, 0.306, 0.142, 0.078, 0.047, 0.037, 0.035],
};

export function caseStudyText(study: CaseStudy): string {
  const { rows, draws, claims, withoutV2g } = study;
  const line = (name: string, cells: (row: CaseStudyRow, index: number) => string): string =>
    `| ${name} | ${rows.map(cells).join(' | ')} |`;
  const share = (value: number): string => value.toFixed(3).replace(/^0/, '');
  const table = [
    line('α', (row) => String(row.protection)),
    `|---|${rows.map(() => '--:|').join('')}`,
    line('cost, USD', (row) => row.costUsd.toFixed(2)),
    line('cost, independent reference, USD', (_, index) => reference.costUsd[index]?.toFixed(2) ?? ''),
    line('EV charge / discharge, kWh', (row) => `${row.chargeKwh.toFixed(0)} / ${row.dischargeKwh.toFixed(0)}`),
    line('peak of residential plus net EV load, kW', (row) => row.peakLoadKw.toFixed(1)),
    line('days with any violation', (row) => share(row.anyViolation)),
    line('the same, independent reference', (_, index) => share(reference.anyViolation[index] ?? NaN)),
    line('largest single constraint', (row) => share(row.largestSingle)),
    line('bound exp(−α²/2L) / B(L, α)', (row) => `${share(row.boundExponential)} / ${share(row.boundBinomial)}`),
    line('expected unserved energy, kWh a day', (row) => row.expectedUnservedKwh.toFixed(2)),
  ];
  const amount = (value: number, unit: string): string =>
    unit === 'USD' ? `${value.toFixed(2)} USD` : unit === '%' ? `${value.toFixed(1)} %` : `${value} steps`;
  const verdicts = claims.map(
    ({ name, paper, measured, low, high, unit, passed }) =>
      `| ${name} | ${paper} | ${amount(measured, unit)} | ${low === high ? low : `${low} … ${high}`} ${unit} | ${passed ? 'yes' : 'NO'} |`,
  );
  return [
    `Without V2G: ${withoutV2g.costUsd.toFixed(2)} USD, peak ${withoutV2g.peakLoadKw.toFixed(1)} kW. ` +
      `${draws.days} drawn days, seed ${draws.seed}; ${study.solver}.`,
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

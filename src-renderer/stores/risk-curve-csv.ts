import type { SweepPointPayload } from '../../src-main/contract/plan.ts';

/** The table of the risk curve as CSV (UTF-8, units in the header, full precision); a point not solved has empty cells. */
export function riskCurveCsv(points: readonly SweepPointPayload[], currency: string): string {
  const columns: readonly [string, (point: SweepPointPayload) => number][] = [
    [`worst_case_cost_${currency}`, (point) => point.totalCost],
    ['any_violation_share', (point) => point.anyViolation.share],
    ['any_violation_lower', (point) => point.anyViolation.lower],
    ['any_violation_upper', (point) => point.anyViolation.upper],
    ['days_tested', (point) => point.anyViolation.trials],
    ['largest_single_limit_share', (point) => point.largestSingle.share],
    ['bound_exponential_share', (point) => point.boundExponential],
    ['bound_binomial_share', (point) => point.boundBinomial],
    ['expected_unserved_kWh', (point) => point.expectedUnservedKwh],
    ['charge_kWh', (point) => point.chargeKwh],
    ['discharge_kWh', (point) => point.dischargeKwh],
    ['peak_kW', (point) => point.peakKw],
  ];
  const header = ['protection_alpha', 'state', ...columns.map(([name]) => name), 'problem'];
  const rows = points.map((point) => [
    String(point.protection),
    point.state,
    ...columns.map(([, read]) => (point.state === 'solved' ? String(read(point)) : '')),
    quoted(point.problem),
  ]);
  return [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

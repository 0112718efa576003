import type { SweepPayload, SweepPointPayload } from '../../src-main/contract/risk-curve.ts';

/** The risk curves as CSV (UTF-8, units in the header, full precision), one row per kind and size; a point not solved has empty cells. */
export function riskCurveCsv(curves: readonly SweepPayload[], currency: string): string {
  const columns: readonly [string, (point: SweepPointPayload) => number][] = [
    [`worst_case_cost_${currency}`, (point) => point.totalCost],
    ['any_violation_share', (point) => point.anyViolation.share],
    ['any_violation_lower', (point) => point.anyViolation.lower],
    ['any_violation_upper', (point) => point.anyViolation.upper],
    ['days_tested', (point) => point.anyViolation.trials],
    ['largest_single_limit_share', (point) => point.largestSingle.share],
    ['bound_share', (point) => point.bound],
    ['expected_unserved_kWh', (point) => point.expectedUnservedKwh],
    ['charge_kWh', (point) => point.chargeKwh],
    ['discharge_kWh', (point) => point.dischargeKwh],
    ['peak_kW', (point) => point.peakKw],
  ];
  const header = ['set', 'size', 'size_of', 'bound_of', 'state', ...columns.map(([name]) => name), 'problem'];
  const rows = curves.flatMap(({ scale, promises, points }) =>
    points.map((point) => [
      scale.kind,
      String(point.size),
      quoted(scale.name),
      promises,
      point.state,
      ...columns.map(([, read]) =>
        point.state === 'solved' && Number.isFinite(read(point)) ? String(read(point)) : '',
      ),
      quoted(point.problem),
    ]),
  );
  return [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

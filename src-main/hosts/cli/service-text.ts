/** What a plan offers beside energy, as a table in a terminal: how much, what it earns, and whether it can be delivered. */
import type { PlanPayload } from '../../contract/plan.ts';
import type { PlanServicesPayload } from '../../contract/plan-services.ts';
import { number, table } from './table.ts';

const kinds = { reserve: 'reserve', regulation: 'regulation', voltage: 'voltage support' } as const;

export function serviceText({ products, peak }: PlanServicesPayload, { currency, horizon }: PlanPayload): string {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const verdict = ({ passed, checked, worst }: (typeof products)[number]['check']): string =>
    passed ? `yes, ${number(checked, 0)} limits` : `NO: ${worst ?? ''}`;
  const rows = products.map((product) => [
    kinds[product.kind],
    product.name,
    `${number(mean(product.offered), 0)} ${product.unit}`,
    `${number(Math.max(...product.offered), 0)} ${product.unit}`,
    product.holders
      .filter(({ held }) => Math.max(...held) > 0.5)
      .map(({ name, held }) => `${name} ${number(mean(held), 0)}`)
      .join(', ') || 'nobody',
    number(product.earns, 2),
    verdict(product.check),
  ]);
  const offered = table(['service', 'of', 'mean', 'most', 'held by, mean', `earns ${currency}`, 'deliverable'], rows);
  if (peak === null) return offered;
  const highest = peak.meteredKw.indexOf(Math.max(...peak.meteredKw));
  const without =
    peak.withoutV2gKw === null
      ? ''
      : `; without V2G ${number(peak.withoutV2gKw, 0)} kW, ${number(peak.pricePerKw * (peak.withoutV2gKw - peak.peakKw), 2)} ${currency} more`;
  return [
    offered,
    `Peak of ${peak.of === 'import' ? 'purchase' : 'net demand'}: ${number(peak.peakKw, 0)} kW (${horizon.labels[highest] ?? ''}), ` +
      `${number(peak.soFarKw, 0)} kW so far, charge ${number(peak.charge, 2)} ${currency}${without}. Kept: ${verdict(peak.check)}.`,
  ].join('\n\n');
}

/** Services of a plan as the strips of a chart and the columns of its table twin. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import type { OfferedProductPayload, PlanServicesPayload } from '../../../src-main/contract/plan-services.ts';
import type { PeakStrip, ServiceStrip } from '../../charts/ServiceStrips.svelte';
import type { PowerScale } from '../../components/power-scale.ts';

const meanings = { gas: 'gas', storage: 'storage', aggregator: 'ev' } as const;

export const productName = ({ kind, name }: Pick<OfferedProductPayload, 'kind' | 'name'>): string =>
  kind === 'reserve' ? `Reserve, ${name}` : name;

export const peakName = ({ of }: { of: 'import' | 'net-demand' }): string =>
  of === 'import' ? 'Purchase as metered' : 'Net demand as metered';

/** Reactive power keeps its own unit; active power is shown as the rest of the screen shows it. */
const measureOf = ({ unit }: Pick<OfferedProductPayload, 'unit'>, scale: PowerScale) =>
  unit === 'kvar' ? { unit: 'kvar', divideBy: 1 } : { unit: scale.power as string, divideBy: scale.divideBy };

export function serviceStrips(
  { products }: PlanServicesPayload,
  { horizon }: PlanPayload,
  scale: PowerScale,
): ServiceStrip[] {
  return products.map((product) => ({
    id: `${product.kind} ${product.id}`,
    name: productName(product),
    ...measureOf(product, scale),
    offered: product.offered,
    required: product.required,
    layers: (['gas', 'storage', 'aggregator'] as const).map((kind) => ({
      meaning: meanings[kind],
      values: Float64Array.from({ length: horizon.slots }, (_, slot) =>
        product.holders.reduce((sum, holder) => sum + (holder.kind === kind ? (holder.held[slot] ?? 0) : 0), 0),
      ),
    })),
  }));
}

export const peakStrip = ({ peak }: PlanServicesPayload, scale: PowerScale): PeakStrip | null =>
  peak && { ...peak, name: peakName(peak), unit: scale.power, divideBy: scale.divideBy };

/** Offered and required of each product, then what each unit of it holds, then the metered power. */
export function serviceColumns({ products, peak }: PlanServicesPayload, scale: PowerScale) {
  return [
    ...products.flatMap((product) => {
      const { unit, divideBy } = measureOf(product, scale);
      const key = `${product.kind}-${product.id}`;
      const shown = (values: Float64Array) => values.map((value) => value / divideBy);
      const required = product.required.some((value) => value > 0);
      return [
        { id: key, label: productName(product), unit, values: shown(product.offered) },
        ...(required ? [{ id: `${key}-required`, label: 'required', unit, values: shown(product.required) }] : []),
        ...product.holders
          .filter(({ held }) => held.some((value) => value > 1e-6))
          .map(({ id, name, held }) => ({ id: `${key}-${id}`, label: `of ${name}`, unit, values: shown(held) })),
      ];
    }),
    ...(peak
      ? [
          {
            id: 'metered',
            label: peakName(peak),
            unit: scale.power as string,
            values: peak.meteredKw.map((kw) => kw / scale.divideBy),
          },
        ]
      : []),
  ];
}

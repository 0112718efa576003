/** What a kind of set stands at was found among: every kind at the wanted chance. */
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { kindNames } from '../../../components/kind-names.ts';
import { sizeWords } from '../../../charts/risk-points.ts';
import { standingWords, type KindStanding } from '../kind-standings.ts';
import type { Sources } from './plan-sources.ts';

export function explainStanding(
  standings: readonly KindStanding[],
  { kind }: KindStanding,
  targetChance: number,
  currency: string,
  sources: Sources,
): Explanation {
  return {
    title: `${kindNames[kind]} beside the cheapest kind`,
    rule: `Of each kind the cheapest solved size whose measured chance is at most ${formatQuantity(100 * targetChance, '%', 'set')}; the difference is its worst-case cost less that of the cheapest kind. Every kind was tested on the same calendar days.`,
    facts: [],
    table: {
      caption: 'Every kind at the wanted chance',
      columns: [
        { id: 'kind', label: 'Kind', value: (row) => row['kind'] ?? '' },
        { id: 'size', label: 'Size', value: (row) => row['size'] ?? '' },
        { id: 'cost', label: 'Cost', unit: currency, numeric: true, value: (row) => row['cost'] ?? null },
        {
          id: 'chance',
          label: 'Days broken',
          unit: '%',
          numeric: true,
          digits: 3,
          value: (row) => row['chance'] ?? null,
        },
        { id: 'days', label: 'Unseen days', numeric: true, digits: 'count', value: (row) => row['days'] ?? null },
        { id: 'state', label: 'At the target', value: (row) => row['state'] ?? '' },
      ],
      rows: standings.map(({ kind: one, best, curve, state }): ExplainedRow => ({
        key: one,
        kind: kindNames[one],
        size: best ? sizeWords(curve.scale.symbol, best.size) : '–',
        cost: best?.totalCost ?? null,
        chance: best ? 100 * best.anyViolation.share : null,
        days: curve.evidenceDays,
        state: standingWords[state],
      })),
    },
    onward: [sources.set],
  };
}

import { decimalEvidence } from '../text/cells.ts';
import type { ColumnProfile } from './profile.ts';

/** The decimal mark the number columns prove; `certain` false when every cell could be read either way. */
export function guessDecimalMark(
  columns: readonly ColumnProfile[],
  delimiter: string,
): { mark: '.' | ','; certain: boolean } {
  const counts = { point: 0, comma: 0, either: 0, none: 0 };
  let pointsEither = 0;
  for (const { holds, cells } of columns) {
    if (holds !== 'number') continue;
    for (const cell of cells) {
      const evidence = decimalEvidence(cell);
      counts[evidence]++;
      if (evidence === 'either' && cell.includes('.')) pointsEither++;
    }
  }
  if (counts.point !== counts.comma)
    return { mark: counts.point > counts.comma ? '.' : ',', certain: Math.min(counts.point, counts.comma) === 0 };
  if (counts.either === 0 && counts.point === 0) return { mark: delimiter === ';' ? ',' : '.', certain: true };
  // "10.833" alone: three decimals are likelier than whole thousands throughout.
  return { mark: pointsEither * 2 >= counts.either ? '.' : ',', certain: false };
}

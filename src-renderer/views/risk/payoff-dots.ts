/** The payoff table as lines of dots: for each objective where every plan stands between its best and its worst. */
import type { ObjectiveComparisonPayload, ObjectiveKindPayload } from '../../../src-main/contract/objectives.ts';
import { formatQuantity } from '../../components/format-number.ts';
import { objectiveNames, objectiveUnit } from '../../components/objective-words.ts';

export interface PayoffLine {
  name: string;
  best: string;
  worst: string;
  dots: { of: ObjectiveKindPayload; place: number | null; reading: string }[];
}

export function payoffLines({ kinds, lines, currency }: ObjectiveComparisonPayload): PayoffLine[] {
  return kinds.map((kind, column): PayoffLine => {
    const unit = objectiveUnit(kind, currency);
    const solved = lines.filter(({ state }) => state !== 'failed');
    const values = solved.map((line) => line.values[column] ?? NaN);
    const ends: [number, number] = [Math.min(...values), Math.max(...values)];
    const [best, worst] = kind === 'renewables' ? [ends[1], ends[0]] : ends;
    const told = (value: number): string => (Number.isFinite(value) ? formatQuantity(value, unit, 4) : '–');
    return {
      name: objectiveNames[kind],
      best: told(best),
      worst: told(worst),
      dots: solved.map(({ objective }, row) => {
        const value = values[row]!;
        const place = worst === best ? 0 : Math.abs((value - best) / (worst - best));
        return {
          of: objective,
          place: Number.isFinite(place) ? place : null,
          reading: `${objectiveNames[objective]} at its best: ${objectiveNames[kind].toLowerCase()} ${told(value)}`,
        };
      }),
    };
  });
}

/** By how much the plan that is best in one objective is worse in another than the best plan there is of that; null where either is unknown. */
export function sacrificed(
  { kinds, lines }: ObjectiveComparisonPayload,
  of: ObjectiveKindPayload,
  kind: ObjectiveKindPayload,
): number | null {
  const column = kinds.indexOf(kind);
  if (lines.find(({ objective }) => objective === kind)?.state === 'failed') return null;
  const sense = kind === 'renewables' ? -1 : 1;
  // Where time ran out another plan may be better in an objective than its own.
  const best = sense * Math.min(...lines.flatMap(({ values }) => (values.length > 0 ? [sense * values[column]!] : [])));
  const value = lines.find(({ objective }) => objective === of)?.values[column] ?? NaN;
  const lost = sense * (value - best);
  return Number.isFinite(lost) ? Math.max(0, lost) : null;
}

/** What cars do that was not planned of them, for reading in a terminal. */
import type { MeasuredSharePayload } from '../../contract/series.ts';
import type { BehaviourPayload } from '../../contract/uncertainty.ts';
import { number, percent, table } from './table.ts';

const kept = ({ share, lower, upper }: MeasuredSharePayload): string =>
  `${percent(share)} (${percent(lower)} … ${percent(upper)})`;

export function behaviourText(aggregators: readonly BehaviourPayload[]): string {
  const rows = aggregators.map(({ name, set }) =>
    set === null
      ? [name, 'too few days of sessions']
      : [
          name,
          number(set.lateMinutes, 0),
          kept(set.coverage.late),
          number(set.earlyMinutes, 0),
          kept(set.coverage.early),
          number(set.lackKwh, 1),
          kept(set.coverage.more),
          `${number(set.carsAtOnce, 0)} of ${number(set.cars, 0)}`,
          kept(set.coverage.atOnce),
        ],
  );
  const head = ['cars', 'min late', 'kept', 'min early', 'kept', 'kWh less', 'kept', 'at once', 'days kept'];
  return table(head, rows);
}

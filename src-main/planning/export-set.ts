/** A fitted set as JSON, or the error days it was fitted from as CSV. */
import { Refusal } from '../base/errors.ts';
import { csvText, type CsvCell } from './csv-text.ts';
import type { PlanStore } from './ports.ts';

export const setSchemaVersion = 1;

/** @throws Refusal `not-found` */
export function exportSet(
  store: PlanStore,
  setId: string,
  what: 'set' | 'samples',
): { fileName: string; text: string } {
  const record = store.getSet(setId);
  if (!record) throw new Refusal('not-found', { what: 'set', id: setId });
  if (what === 'set')
    return {
      fileName: `surewatt-${setId}.json`,
      text: `${JSON.stringify({ schemaVersion: setSchemaVersion, ...record }, null, 1)}\n`,
    };
  const rows = record.set.components.flatMap((component) =>
    component.residuals.map((past): CsvCell[] => [
      component.name,
      past.day,
      past.usable ? 'yes' : 'no',
      ...past.errorKw,
    ]),
  );
  const slots = record.set.components[0]?.centreKw.length ?? 0;
  const header = [
    'component',
    'day',
    'usable',
    ...Array.from({ length: slots }, (_, slot) => `error in slot ${slot + 1} (kW)`),
  ];
  return { fileName: `surewatt-${setId}-errors.csv`, text: csvText(header, rows) };
}

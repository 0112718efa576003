/** A fitted set as JSON, or the error days it was fitted from as CSV. */
import { Refusal } from '../../base/errors.ts';
import { setSchemaVersion } from '../../base/schema-versions.ts';
import { csvText, type CsvCell } from '../csv-text.ts';
import type { ComponentSet } from '../../uncertainty/types.ts';
import type { PlanStore } from '../ports.ts';

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
  const slots = record.set.components[0]?.centreKw.length ?? 0;
  const perSlot = (words: string) => Array.from({ length: slots }, (_, slot) => `${words} in slot ${slot + 1} (kW)`);
  const header = ['component', 'day', 'usable', 'held out', ...perSlot('error'), ...perSlot('promised half-width')];
  return {
    fileName: `surewatt-${setId}-errors.csv`,
    text: csvText(header, record.set.components.flatMap(errorRows)),
  };
}

/**
 * One row per past day. On held-out days the half-width that a set of earlier days had promised stands beside the error, empty where
 * the slot is not judged: whoever counts |error| ≤ promise gets the measured coverage.
 */
function errorRows({ name, residuals, heldOut }: ComponentSet): CsvCell[][] {
  const promises = new Map(heldOut.map(({ day, promisedKw }) => [day, promisedKw]));
  return residuals.map(({ day, usable, errorKw }) => {
    const promised = promises.get(day);
    const widths = errorKw.map((_, slot): CsvCell => {
      const kw = promised?.[slot];
      return kw === undefined || !Number.isFinite(kw) ? '' : kw;
    });
    return [name, day, usable ? 'yes' : 'no', promised ? 'yes' : 'no', ...errorKw, ...widths];
  });
}

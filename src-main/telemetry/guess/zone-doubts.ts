/** What a file itself says about its clock, and what only the operator can know. */
import type { ImportDoubt } from '../mapping.ts';
import type { SampleTotals } from '../read-samples.ts';
import { clockChanges } from '../time/clock-changes.ts';
import type { ColumnProfile } from './profile.ts';

/**
 * Local times of a regular file prove their zone when a clock change lies within it and shows as it should: an autumn hour twice,
 * a spring hour not at all. Null: proven.
 */
export function doubtSeriesZone(zoneId: string, totals: SampleTotals): ImportDoubt | null {
  const changes = clockChanges(zoneId, totals.fromUtcMs, totals.toUtcMs);
  const doubled = changes.filter(({ hours }) => hours > 24);
  const choices = [zoneId, 'UTC'];
  if (changes.length === 0)
    return zoneId === 'UTC'
      ? doubtPlainClock(zoneId)
      : {
          field: 'zone',
          why: `times carry no offset and no clock change of ${zoneId} lies within the file to prove the zone`,
          choices,
        };
  if (doubled.length > 0 && totals.secondPasses === 0)
    return {
      field: 'zone',
      why: `in ${zoneId} the night of ${doubled[0]!.day} has an hour twice, the file has it once`,
      choices: ['UTC', zoneId],
    };
  return null;
}

const doubtPlainClock = (zoneId: string): ImportDoubt => ({
  field: 'zone',
  why: 'times carry no offset and the file does not say their zone',
  choices: [zoneId],
});

export function doubtClockWithoutChange(siteZone: string, missingTime: string): ImportDoubt {
  return {
    field: 'zone',
    why: `the file has values at a time that does not exist in ${siteZone} (${missingTime}); its clock seems to know no summer time`,
    choices: ['UTC', siteZone],
  };
}

/** A label like MST in a zone column beside times that carry +00: one of the two is wrong. */
export function doubtLabelBesideOffset(
  profiles: readonly ColumnProfile[],
  timeColumn: string,
  siteZone: string,
): ImportDoubt | null {
  const time = profiles.find(({ name }) => name === timeColumn);
  const label = profiles.find(
    ({ name, cells }) =>
      /time.?zone|zone$|^tz$/i.test(name) && cells.some((cell) => !/^(utc|gmt|z)$/i.test(cell.trim())),
  );
  if (!time?.withOffset || !label) return null;
  if (!time.cells.every((cell) => /(?:\+00(?::?00)?|Z|GMT|UTC)$/.test(cell.trim()))) return null;
  const labels = [...new Set(label.cells.map((cell) => cell.trim()))].slice(0, 3).join(', ');
  return {
    field: 'zone',
    why: `times in "${timeColumn}" are written as UTC, yet "${label.name}" says ${labels}; they are read as UTC`,
    choices: ['in-text', siteZone],
  };
}

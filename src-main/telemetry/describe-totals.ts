/** What a reading of a whole file showed that needs no decision, in sentences with numbers. */
import { zoneOf } from '../base/zone.ts';
import type { ImportMapping } from './mapping.ts';
import type { SampleTotals } from './read-samples.ts';
import type { SessionTotals } from './read-sessions.ts';
import { sessionDefects, type SessionDefect } from './session-defects.ts';
import { clockChanges } from './time/clock-changes.ts';
import type { SeriesKind } from './types.ts';

const count = (number: number): string => number.toLocaleString('en-GB');
const were = (number: number, one: string, many: string): string => `${count(number)} ${number === 1 ? one : many}`;

/** `siteZone` names days and clock changes where the times carry their own offsets. */
export function describeSamples(
  totals: SampleTotals,
  mapping: ImportMapping,
  kind: SeriesKind,
  siteZone: string,
): string[] {
  const zoneId = mapping.zone === 'in-text' ? siteZone : mapping.zone;
  const zone = zoneOf(zoneId);
  const notes: string[] = [];
  const say = (condition: unknown, sentence: string): void => {
    if (condition) notes.push(sentence);
  };
  if (totals.sampleCount > 0)
    say(
      true,
      `${were(totals.sampleCount, 'value', 'values')} every ${mapping.stepMinutes} minutes from ${zone.format(totals.fromUtcMs)} to ${zone.format(totals.toUtcMs)}`,
    );
  const changes = totals.sampleCount > 0 ? clockChanges(zoneId, totals.fromUtcMs, totals.toUtcMs) : [];
  for (const { day, hours } of changes.slice(0, 12)) notes.push(`${hours}-hour day ${day}`);
  say(changes.length > 12, `and ${changes.length - 12} further clock changes`);
  say(totals.missingCount, `${were(totals.missingCount, 'row has', 'rows have')} no number`);
  say(totals.absentCount, `${were(totals.absentCount, 'interval is', 'intervals are')} not in the file`);
  say(
    totals.exactDuplicates,
    `${were(totals.exactDuplicates, 'row repeats', 'rows repeat')} an earlier one and ${totals.exactDuplicates === 1 ? 'is' : 'are'} dropped`,
  );
  say(
    totals.conflictingDuplicates,
    `${were(totals.conflictingDuplicates, 'row names', 'rows name')} a time again with another value; the first is kept and flagged`,
  );
  say(
    totals.secondPasses,
    `${were(totals.secondPasses, 'row is', 'rows are')} told apart by order within a repeated autumn hour`,
  );
  say(
    totals.springBlanks,
    `${were(totals.springBlanks, 'blank row', 'blank rows')} in the hour that spring leaves out`,
  );
  say(
    totals.backwardSteps && totals.backwardSteps < totals.rowCount - 1,
    `${were(totals.backwardSteps, 'row is', 'rows are')} earlier than the row before`,
  );
  say(totals.thousandsMarks, `thousands separators in ${were(totals.thousandsMarks, 'cell', 'cells')}`);
  say(totals.lostCenturies, centuryNote(totals.lostCenturies));
  say(
    looksCompressed(totals),
    'repeated values seem to have been left out of the file (no neighbours are equal, many short gaps): fill forward, do not interpolate',
  );
  say(
    kind === 'price' && mapping.stepMinutes === 15 && totals.absentCount > 0,
    'a 15-minute price may mix hourly and quarter-hourly auctions; compare it with an hourly source',
  );
  return notes;
}

/** A curve stored by its changes only: hardly any neighbours are equal, and what is missing is missing a few values at a time. */
export function looksCompressed(totals: SampleTotals): boolean {
  const { shortGaps, neighbours, equalNeighbours, absentCount } = totals;
  return shortGaps >= 3 && neighbours >= 100 && absentCount <= 3 * shortGaps && equalNeighbours * 20 <= shortGaps;
}

export function describeSessions(totals: SessionTotals, mapping: ImportMapping): string[] {
  const notes = [
    `${were(totals.sessionCount, 'session', 'sessions')} at ${were(totals.stations, 'station', 'stations')}, ${count(totals.usableCount)} usable`,
  ];
  const say = (condition: unknown, sentence: string): void => {
    if (condition) notes.push(sentence);
  };
  for (const [defect, number] of Object.entries(totals.defects) as [SessionDefect, number][])
    notes.push(
      `${were(number, 'session is', 'sessions are')} not used: ${number === 1 ? 'it' : 'each'} ${sessionDefects[defect]}`,
    );
  say(
    totals.stayOverDay,
    `${were(totals.stayOverDay, 'usable session stays', 'usable sessions stay')} longer than a day`,
  );
  say(
    totals.noArrival,
    `${were(totals.noArrival, 'row has', 'rows have')} no arrival and ${totals.noArrival === 1 ? 'is' : 'are'} left out`,
  );
  say(totals.wrongCapacities, `${were(totals.wrongCapacities, 'battery size', 'battery sizes')} no car has, not used`);
  say(
    totals.foldTimes,
    `${were(totals.foldTimes, 'time falls', 'times fall')} into a repeated autumn hour and ${totals.foldTimes === 1 ? 'is' : 'are'} read as summer time`,
  );
  say(
    totals.gapTimes,
    `${were(totals.gapTimes, 'time falls', 'times fall')} into the hour that spring leaves out and ${totals.gapTimes === 1 ? 'is' : 'are'} read an hour later`,
  );
  say(totals.lostCenturies, centuryNote(totals.lostCenturies));
  say(
    mapping.columns['station'] === undefined,
    `no column names a station: all sessions belong to "${mapping.seriesName}"`,
  );
  return notes;
}

const centuryNote = (number: number): string =>
  `${were(number, 'time has', 'times have')} a year written like 0014 and read as 2014`;

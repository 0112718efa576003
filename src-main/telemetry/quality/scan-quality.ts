/** All quality rules over a series of any length, a stretch at a time. */
import { flagBits } from '../types.ts';
import { measureEqualRuns } from './equal-runs.ts';
import { findDuplicates } from './find-duplicates.ts';
import { findFrozen } from './find-frozen.ts';
import { findGaps } from './find-gaps.ts';
import { findImpossiblePower, findImpossiblePrices } from './find-impossible.ts';
import { findSpikes } from './find-spikes.ts';
import type { Finding } from './finding.ts';
import { measureLevels } from './measure-levels.ts';
import { noteClockChanges } from './note-clock-changes.ts';
import type { QualitySource } from './quality-source.ts';
import { marginSlots, stretchSlots, type Rule, type Stretch } from './stretch.ts';

/** Findings that end in a stretch of a series, and the bits of its values. */
export interface QualityPiece {
  /** In order of time. */
  ranges: Finding[];
  startUtcMs: number;
  stepMinutes: number;
  /** New bits for every value of the stretch; the operator's own are kept. */
  flags: Uint16Array;
}

const kept = flagBits.operatorBad | flagBits.operatorGood | flagBits.filled;

/**
 * Pieces in order, of `step` slots (whole blocks of the changes' scale), that cover the series without overlap. `zone` (IANA) is that
 * of the site, for clock changes. Reads the
 * series once for its levels, once for how often neighbours are equal, and once to judge it; what it holds meanwhile is a stretch of
 * half a year of quarter hours with four weeks around it, and the hundredth part of the values that is largest. Each stretch is read
 * before its piece is given out, and never needs flags of an earlier one.
 */
export function* scanQuality(
  source: QualitySource,
  zone: string,
  step = stretchSlots(source.shape.stepMinutes),
): Generator<QualityPiece> {
  const { shape } = source;
  const rules = rulesFor(source, zone, step);
  for (let from = 0; from < shape.length; from += step) {
    const stretch = readStretch(source, from, Math.min(shape.length, from + step));
    const ranges = rules.flatMap((rule) => rule(stretch));
    yield {
      ranges: ranges.sort((a, b) => a.fromUtcMs - b.fromUtcMs || a.toUtcMs - b.toUtcMs),
      startUtcMs: shape.startUtcMs + from * shape.stepMinutes * 60_000,
      stepMinutes: shape.stepMinutes,
      flags: stretch.flags,
    };
  }
}

function rulesFor(source: QualitySource, zone: string, step: number): Rule[] {
  const { shape } = source;
  const always = [findGaps(shape), findDuplicates(shape)];
  const clock = noteClockChanges(shape, zone);
  const levels = shape.kind === 'price' ? null : measureLevels(source);
  if (!levels) return [...always, findImpossiblePrices(shape), clock];
  const runs = measureEqualRuns(source, levels, step);
  return [
    ...always,
    findImpossiblePower(shape, levels),
    findSpikes(shape, levels),
    findFrozen(shape, levels, runs),
    clock,
  ];
}

function readStretch(source: QualitySource, from: number, to: number): Stretch {
  const { length, startUtcMs, stepMinutes } = source.shape;
  const margin = marginSlots(stepMinutes);
  const firstSlot = Math.max(0, from - margin);
  const { values, flags } = source.read(firstSlot, Math.min(length, to + margin));
  const stepMs = stepMinutes * 60_000;
  const fromUtcMs = startUtcMs + firstSlot * stepMs;
  return {
    from,
    to,
    firstSlot,
    values,
    imported: flags,
    other: source.readOther(fromUtcMs, fromUtcMs + values.length * stepMs),
    flags: flags.slice(from - firstSlot, to - firstSlot).map((bits) => bits & kept),
  };
}

import { flagBits } from '../types.ts';
import { isOrdinary, type EqualRun, type EqualRuns } from './equal-runs.ts';
import { finding, quantity, type Finding } from './finding.ts';
import type { SeriesLevels } from './measure-levels.ts';
import type { SeriesShape } from './quality-source.ts';
import { raise, type Rule, type Stretch } from './stretch.ts';

/**
 * A meter that stopped: the same number again and again, longer than chance explains in this series. Prices repeat rightly and are
 * left out; so are calm (zero) and full output of wind.
 */
export function findFrozen(shape: SeriesShape, levels: SeriesLevels, runs: EqualRuns): Rule {
  const state = ({ from, to, value }: EqualRun): Finding => {
    const hours = Number((((to - from) * shape.stepMinutes) / 60).toFixed(1));
    const detail = `${to - from} times ${quantity(value, shape.unit)} in a row (${hours} hours)`;
    return finding(shape, 'frozen', from, to, detail);
  };
  return (stretch) => {
    const within = runsWithin(stretch, runs.needed).filter(({ value }) => !isOrdinary(shape, levels, value));
    const crossing = runs.crossing.filter(({ from, to }) => from < stretch.to && to > stretch.from);
    for (const { from, to } of [...within, ...crossing]) raise(stretch, flagBits.frozen, from, to);
    return [...within, ...crossing.filter(({ to }) => to <= stretch.to)].map(state);
  };
}

/** Runs of at least `needed` equal values that begin and end within the stretch. */
function runsWithin({ values, firstSlot, from, to }: Stretch, needed: number): EqualRun[] {
  const runs: EqualRun[] = [];
  for (let slot = from; slot < to;) {
    const value = values[slot - firstSlot]!;
    let end = slot + 1;
    while (values[end - firstSlot] === value) end++;
    const begins = slot > from || values[slot - 1 - firstSlot] !== value;
    if (begins && end <= to && end - slot >= needed) runs.push({ from: slot, to: end, value });
    slot = end;
  }
  return runs;
}

import { mark, runsWhere, type Finding, type RuleInput } from './finding.ts';

/** Slots between first and last without a value. */
export function findGaps(input: RuleInput): Finding[] {
  const { values, stepMinutes } = input.series;
  return runsWhere(values.length, (slot) => Number.isNaN(values[slot])).map(([from, to]) => {
    const count = to - from;
    const span = spanInWords(count * stepMinutes);
    return mark(
      input,
      'gap',
      from,
      to,
      count === 1 ? `1 value missing (${span})` : `${count.toLocaleString('en-GB')} values missing (${span})`,
    );
  });
}

function spanInWords(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2880 ? `${Number((minutes / 60).toFixed(1))} hours` : `${Number((minutes / 1440).toFixed(1))} days`;
}

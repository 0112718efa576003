import { mark, quantity, type Finding, type RuleInput } from './finding.ts';

const fewestValues = 4;
/** A run counts as frozen when fewer than this many such runs are expected in the whole series. */
const expectedByChance = 0.001;
/** Longer runs are what is looked for; they may not teach the rule that repeating is normal. */
const longestOrdinaryRun = 10;

/**
 * A meter that stopped: the same number again and again. How long a run must be follows from how often neighbours are equal in
 * this very series (probability p): n·p^(L−1) < 0.001, and at least four values. Prices repeat rightly and are left out; so are
 * calm (zero) and full output of wind.
 */
export function findFrozen(input: RuleInput): Finding[] {
  const { kind, values, unit, stepMinutes } = input.series;
  if (kind === 'price') return [];
  const wind = kind.startsWith('wind');
  let most = -Infinity;
  if (wind) for (const value of values) if (value > most) most = value;
  const runs: [number, number][] = [];
  let equal = 0;
  for (let from = 0; from < values.length;) {
    const value = values[from]!;
    let to = from + 1;
    while (values[to] === value) to++;
    const length = to - from;
    if (length > 1 && !(wind && (value === 0 || value >= 0.99 * most))) {
      if (length <= longestOrdinaryRun) equal += length - 1;
      if (length >= fewestValues) runs.push([from, to]);
    }
    from = to;
  }
  const chance = equal / Math.max(1, values.length);
  const needed =
    chance === 0
      ? fewestValues
      : Math.max(fewestValues, 1 + Math.log(expectedByChance / values.length) / Math.log(chance));
  return runs
    .filter(([from, to]) => to - from >= needed)
    .map(([from, to]) => {
      const hours = Number((((to - from) * stepMinutes) / 60).toFixed(1));
      return mark(
        input,
        'frozen',
        from,
        to,
        `${to - from} times ${quantity(values[from]!, unit)} in a row (${hours} hours)`,
      );
    });
}

/**
 * Root of a rising function of a positive variable, by doubling outwards from `guess` and halving the logarithm; leaves off at the last
 * evaluation on the side where the function is not negative, so a constraint written as "slack ≥ 0" holds to rounding.
 */
export function bisectLog(slack: (x: number) => number, guess: number): number {
  let low = Math.log(guess);
  let high = low;
  let step = 1;
  while (slack(Math.exp(low)) > 0 && low > -smallest) {
    high = low;
    low -= step;
    step *= 2;
  }
  step = 1;
  while (slack(Math.exp(high)) < 0 && high < smallest) {
    low = high;
    high += step;
    step *= 2;
  }
  for (let halving = 0; halving < 80 && high - low > 1e-14 * Math.max(1, Math.abs(high)); halving++) {
    const middle = (low + high) / 2;
    if (slack(Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  const root = Math.exp(high);
  slack(root);
  return root;
}

/** e^±700 is the range of doubles. */
const smallest = 690;

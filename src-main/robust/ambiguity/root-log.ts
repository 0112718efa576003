/**
 * Root of a rising function of a positive variable, on the logarithm of the variable: a bracket by doubling outwards from `guess`, then
 * Chandrupatla's method (1997), which takes inverse quadratic steps where they are sound and halves the bracket where they are not. Leaves
 * off with the last evaluation on the side where the function is not negative, so a constraint written as "slack ≥ 0" holds to rounding.
 */
export function rootLog(slack: (x: number) => number, guess: number): number {
  const at = (log: number): number => slack(Math.exp(log));
  let near = Math.log(guess);
  let nearSlack = at(near);
  let far = near;
  let farSlack = nearSlack;
  const outwards = nearSlack > 0 ? -1 : 1;
  for (let step = 1; nearSlack * outwards < 0 && Math.abs(near) < widest; step *= 2) {
    far = near;
    farSlack = nearSlack;
    near += outwards * step;
    nearSlack = at(near);
  }
  let share = 0.5;
  while (nearSlack !== 0 && nearSlack > 0 !== farSlack > 0) {
    const tried = near + share * (far - near);
    const triedSlack = at(tried);
    let left = far;
    let leftSlack = farSlack;
    if (triedSlack > 0 === nearSlack > 0) {
      left = near;
      leftSlack = nearSlack;
    } else {
      far = near;
      farSlack = nearSlack;
    }
    near = tried;
    nearSlack = triedSlack;
    const width = Math.abs(far - near);
    const least = (1e-14 * Math.max(1, Math.abs(near))) / width;
    if (least > 0.5) break;
    share = Math.min(1 - least, Math.max(least, nextShare(near, nearSlack, far, farSlack, left, leftSlack)));
  }
  const root = Math.exp(nearSlack >= 0 ? near : far);
  slack(root);
  return root;
}

/** Where in [near, far] to look next: the inverse quadratic through three points when it is monotone there, else the middle. */
function nextShare(
  near: number,
  nearSlack: number,
  far: number,
  farSlack: number,
  left: number,
  leftSlack: number,
): number {
  const place = (near - far) / (left - far);
  const height = (nearSlack - farSlack) / (leftSlack - farSlack);
  if (!(height * height < place && (1 - height) * (1 - height) < 1 - place)) return 0.5;
  return (
    (nearSlack / (farSlack - nearSlack)) * (leftSlack / (farSlack - leftSlack)) +
    ((((left - near) / (far - near)) * nearSlack) / (leftSlack - nearSlack)) * (farSlack / (leftSlack - farSlack))
  );
}

/** e^±690 is about the range of doubles. */
const widest = 690;

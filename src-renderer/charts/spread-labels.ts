/**
 * Heights of labels that want to stand at `wanted`, moved as little as keeps them `apart` from each other and within the range, in the
 * order they came. Where there is no room for all they are evenly spread.
 */
export function spreadLabels(wanted: readonly number[], apart: number, [top, bottom]: [number, number]): number[] {
  const order = [...wanted.keys()].sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const step = Math.min(apart, (bottom - top) / Math.max(1, wanted.length - 1));
  const places = order.map((index) => Math.min(bottom, Math.max(top, wanted[index]!)));
  for (let at = 1; at < places.length; at++) places[at] = Math.max(places[at]!, places[at - 1]! + step);
  for (let at = places.length - 1; at >= 0; at--)
    places[at] = Math.min(places[at]!, at === places.length - 1 ? bottom : places[at + 1]! - step);
  const result = new Array<number>(wanted.length).fill(0);
  order.forEach((index, at) => (result[index] = places[at]!));
  return result;
}

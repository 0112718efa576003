/**
 * A minimal subset of 0 … count − 1 that keeps a monotone property ("these rows cannot hold together"), by QuickXplain
 * (Junker 2004): O(k·log(count / k)) tests for a subset of size k instead of one per member.
 *
 * `conflicts` must be true for the whole set, and true for every superset of a set for which it is true. It may throw to give up.
 */
export function smallestSubset(count: number, conflicts: (members: readonly number[]) => boolean): number[] {
  const search = (background: number[], added: number, candidates: number[]): number[] => {
    if (added > 0 && conflicts(background)) return [];
    if (candidates.length === 1) return candidates;
    const half = candidates.length >> 1;
    const first = candidates.slice(0, half);
    const second = candidates.slice(half);
    const fromSecond = search([...background, ...first], first.length, second);
    const fromFirst = search([...background, ...fromSecond], fromSecond.length, first);
    return [...fromFirst, ...fromSecond];
  };
  if (count === 0 || conflicts([])) return [];
  return search([], 0, [...Array(count).keys()]).sort((a, b) => a - b);
}

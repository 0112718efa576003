/** Which exceptions are listed: at most seven rows, the most severe causes first, none of the causes hidden by a loud one. */
export interface ListedException {
  level: 1 | 2 | 3;
  code: string;
  cause: string;
  fromSlot: number | null;
  toSlot: number | null;
  consequence: string;
  action: { label: string; screen: string };
  count: number;
}

export interface ExceptionListing<Item extends ListedException> {
  /** `more` counts the findings of the same cause that are not listed; it stands on the last row of its cause. */
  rows: { item: Item; more: number }[];
  /** Findings of causes that got no row at all. */
  otherCauses: number;
}

export const mostRows = 7;

export function listedExceptions<Item extends ListedException>(exceptions: readonly Item[]): ExceptionListing<Item> {
  const causes = new Map<string, Item[]>();
  for (const item of exceptions) {
    const group = causes.get(item.code);
    if (group) group.push(item);
    else causes.set(item.code, [item]);
  }
  const groups = [...causes.values()].map((group) => group.toSorted((a, b) => a.level - b.level));
  groups.sort((a, b) => a[0]!.level - b[0]!.level);
  const shown = groups.slice(0, mostRows);
  const given = shown.map(() => 1);
  let left = mostRows - shown.length;
  for (const [index, group] of shown.entries()) {
    const extra = Math.min(left, group.length - 1);
    given[index] = 1 + extra;
    left -= extra;
  }
  const rows = shown.flatMap((group, index) => {
    const listed = group.slice(0, given[index]);
    const more = sumCounts(group.slice(given[index]));
    return listed.map((item, position) => ({ item, more: position === listed.length - 1 ? more : 0 }));
  });
  return { rows, otherCauses: sumCounts(groups.slice(mostRows).flat()) };
}

const sumCounts = (items: readonly ListedException[]): number => items.reduce((sum, item) => sum + item.count, 0);

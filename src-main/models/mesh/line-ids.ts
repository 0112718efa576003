/** Names of lines by the buses they join: "A–B"; a further one between the same two is "A–B (2)". */
export function lineIds(ends: readonly { from: string; to: string }[]): string[] {
  const seen = new Map<string, number>();
  return ends.map(({ from, to }) => {
    const pair = JSON.stringify([from, to].sort());
    const count = (seen.get(pair) ?? 0) + 1;
    seen.set(pair, count);
    return count === 1 ? `${from}–${to}` : `${from}–${to} (${count})`;
  });
}

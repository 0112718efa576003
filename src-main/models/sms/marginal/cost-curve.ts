/**
 * What a grid pays in a slot as a function f(n) of the trucks' net power n: the optimum of a linear program in its right-hand side, hence
 * convex and piecewise linear. λ = −f′ is what a MW more from the trucks saves; it falls with n.
 *
 * Symbols: n `netMw`, f `costUsd`, λ `worthUsdPerMw` (USD per MW over the slot).
 */
export interface CostCurve {
  /** Kinks and both ends, ascending; f is linear between. */
  netMw: number[];
  costUsd: number[];
}

/** λ between one kink and the next [piece]. */
export const worthOfPieces = ({ netMw, costUsd }: CostCurve): number[] =>
  netMw.slice(1).map((to, i) => -(costUsd[i + 1]! - costUsd[i]!) / (to - netMw[i]!));

/** f(n); beyond the ends the last pieces go on. */
export function costAt({ netMw, costUsd }: CostCurve, n: number): number {
  let piece = 0;
  while (piece < netMw.length - 2 && n > netMw[piece + 1]!) piece++;
  const share = (n - netMw[piece]!) / (netMw[piece + 1]! - netMw[piece]!);
  return costUsd[piece]! + share * (costUsd[piece + 1]! - costUsd[piece]!);
}

/** The range of λ at n, −∂f: one number within a piece, all between its neighbours at a kink (within `nearMw` of it). */
export function worthAt(curve: CostCurve, n: number, nearMw: number): { least: number; most: number } {
  const worths = worthOfPieces(curve);
  const touched = worths.filter((_, i) => n >= curve.netMw[i]! - nearMw && n <= curve.netMw[i + 1]! + nearMw);
  if (touched.length > 0) return { least: Math.min(...touched), most: Math.max(...touched) };
  const end = n < curve.netMw[0]! ? worths[0]! : worths.at(-1)!;
  return { least: end, most: end };
}

/** A stretch of the marginal revenue R(n) = λ(n) n with n of one sign: linear, through the origin when prolonged. */
export interface RevenuePiece {
  fromMw: number;
  toMw: number;
  worthUsdPerMw: number;
  /** f at `fromMw`. */
  costUsd: number;
}

/** The curve cut at 0, since the owner takes the dearest λ for n > 0 and the cheapest for n < 0. */
export function revenuePieces(curve: CostCurve): RevenuePiece[] {
  const worths = worthOfPieces(curve);
  return worths.flatMap((worthUsdPerMw, i): RevenuePiece[] => {
    const [fromMw, toMw, costUsd] = [curve.netMw[i]!, curve.netMw[i + 1]!, curve.costUsd[i]!];
    if (fromMw >= 0 || toMw <= 0) return [{ fromMw, toMw, worthUsdPerMw, costUsd }];
    return [
      { fromMw, toMw: 0, worthUsdPerMw, costUsd },
      { fromMw: 0, toMw, worthUsdPerMw, costUsd: costUsd + worthUsdPerMw * fromMw },
    ];
  });
}

/** The pieces as far as they lie within a range. */
export const clippedPieces = (pieces: readonly RevenuePiece[], leastMw: number, mostMw: number): RevenuePiece[] =>
  pieces.flatMap((piece): RevenuePiece[] => {
    const fromMw = Math.max(piece.fromMw, leastMw);
    const toMw = Math.min(piece.toMw, mostMw);
    if (toMw - fromMw < 1e-9) return [];
    return [{ ...piece, fromMw, toMw, costUsd: piece.costUsd - piece.worthUsdPerMw * (fromMw - piece.fromMw) }];
  });

/** R(n): the dearest λ at n for n > 0, the cheapest for n < 0. */
export function revenueAt(pieces: readonly RevenuePiece[], n: number): number {
  if (Math.abs(n) < 1e-9) return 0;
  let best = -Infinity;
  for (const { fromMw, toMw, worthUsdPerMw } of pieces)
    if (n >= fromMw - 1e-9 && n <= toMw + 1e-9) best = Math.max(best, worthUsdPerMw * n);
  return best;
}

/** The most of R from `withinMw` below n to so much above: what power on coarse steps could still be moved to. Nothing for nothing. */
export function revenueNear(pieces: readonly RevenuePiece[], n: number, withinMw: number): number {
  if (Math.abs(n) < 1e-9) return 0;
  let best = -Infinity;
  for (const { fromMw, toMw, worthUsdPerMw } of pieces) {
    const least = Math.max(fromMw, n - withinMw);
    const most = Math.min(toMw, n + withinMw);
    if (least <= most + 1e-9) best = Math.max(best, worthUsdPerMw * least, worthUsdPerMw * most);
  }
  return best;
}

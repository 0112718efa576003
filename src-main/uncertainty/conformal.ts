/**
 * Split-conformal half-width: with N past errors exchangeable with the next one, the error of rank ⌈(N+1)δ⌉ among |e| covers the
 * next with probability at least δ, whatever their law (Vovk, Gammerman, Shafer 2005; Lei et al. 2018).
 */

/** ⌈(N+1)δ⌉, counted from 1; above N no finite half-width has the guarantee. */
export function conformalRank(count: number, nominal: number): number {
  // A hair is taken off so that 0.9 · 30 asks for rank 27, not 28, when the product lies a rounding error above 27.
  return Math.ceil((count + 1) * nominal - 1e-9);
}

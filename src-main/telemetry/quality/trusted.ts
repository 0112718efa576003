import { flagBits } from '../types.ts';

/** Bits that speak against a value. `duplicate`, `clockChange` and `filled` alone say where it comes from, not that it is wrong. */
export const badBits =
  flagBits.gap | flagBits.frozen | flagBits.spike | flagBits.impossible | flagBits.negative | flagBits.operatorBad;

/** A value is trusted when nothing speaks against it or the operator vouched for it. */
export function trusted(flags: number): boolean {
  return (flags & badBits) === 0 || (flags & (flagBits.operatorGood | flagBits.operatorBad)) === flagBits.operatorGood;
}

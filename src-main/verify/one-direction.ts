/** A pair of opposite flows of one device must not run at once. */
import { checkTolerance, type Ledger } from './ledger.ts';

/** Below this the smaller flow of a pair is rounding, whatever the size of the device. */
const toleratedKw = 1e-3;

export function oneDirection(
  ledger: Ledger,
  limit: string,
  subject: string,
  slot: number,
  inwardKw: number,
  outwardKw: number,
): void {
  const value = Math.min(inwardKw, outwardKw);
  const scale = toleratedKw / checkTolerance;
  ledger.most({ limit, subject, slot, quantity: 'both ways at once,', value, bound: 0, unit: 'kW', scale });
}

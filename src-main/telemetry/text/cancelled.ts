import type { CancelSignal } from '../../base/cancel.ts';
import { Refusal } from '../../base/errors.ts';

/** @throws Refusal `cancelled` once the signal was raised. */
export function refuseIfCancelled(signal: CancelSignal, file: string): void {
  if (signal.cancelled) throw new Refusal('cancelled', { what: `Reading ${file}` });
}

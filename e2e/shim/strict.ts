/** The rules of the shim: what Electron would ignore or make unsafe without a word is a fault here, said aloud. */
import type { Told } from './messages.ts';

export function tell(message: Told): void {
  process.send?.(message);
}

/** Ends the process once everything told has been written. */
export function leave(code: number): void {
  if (!process.connected) process.exit(code);
  process.send?.({ kind: 'leaving' } satisfies Told, () => process.exit(code));
}

export class Fault extends Error {}

/** Reports a fault to the test and stops the code that made it. */
export function fault(problem: string): never {
  tell({ kind: 'fault', problem });
  throw new Fault(problem);
}

let ready = false;
export const isReady = (): boolean => ready;
export function becomeReady(): void {
  ready = true;
}

export function onlyBeforeReady(what: string): void {
  if (ready) fault(`${what} was called after ready, when it has no effect`);
}

export function onlyAfterReady(what: string): void {
  if (!ready) fault(`${what} was used before ready`);
}

/** A copy as Electron's IPC makes it; a fault when the value cannot cross. */
export function cross<Value>(value: Value, what: string): Value {
  try {
    return structuredClone(value);
  } catch (thrown) {
    return fault(`${what} cannot be cloned: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

import { Refusal } from '../../base/errors.ts';

/** @returns the base voltage in kV. @throws Refusal `bad-feeder` when there is none: impedances and limits have no meaning without. */
export function requireBaseVoltage(feeder: string, bus: string, baseKv: number): number {
  if (baseKv > 0 && Number.isFinite(baseKv)) return baseKv;
  throw new Refusal('bad-feeder', {
    feeder,
    problem: `bus ${bus} has ${Number.isNaN(baseKv) ? 'no base voltage' : `a base voltage of ${baseKv} kV`}`,
    next: `State the base voltage of bus ${bus} in kV, or one for all buses ("baseKv" of the mapping).`,
  });
}

/**
 * One ramp row of a gas unit:
 *
 *   up:    g_t − g_{t−1} ≤ R on_{t−1} + S start_t           R = ramp Δ, S = max(R, min)
 *   down:  g_t − g_{t−1} ≥ −R on_t − S stop_t
 *
 * Without a column for a state it is known: on (always on and in service, or initially on) or off.
 */
import type { RowSpec, Term } from '../../program/program.ts';
import type { Stage } from './device.ts';
import type { GasColumns } from './gas.ts';
import { gasName } from './names.ts';
import type { GasUnit } from './problem.ts';
import { isInService } from './slot-values.ts';

/** Null where nothing limits the change: a ramp as large as the unit, or an unknown output before the day. */
export function rampRow(
  { problem }: Stage,
  unit: GasUnit,
  { output, commitment }: GasColumns,
  slot: number,
  way: 'up' | 'down',
): RowSpec | null {
  const rampKw = unit.rampKwPerHour * problem.slotHours;
  if (rampKw >= unit.maxKw) return null;
  const stepKw = Math.max(rampKw, unit.minKw);
  const { initial } = unit;
  const before = output[slot - 1];
  let beforeKw = 0;
  if (before === undefined) {
    if (initial.state === 'free' || initial.outputKw === null) return null;
    beforeKw = initial.outputKw;
  }
  const change: Term[] = [[output[slot]!, 1], ...(before === undefined ? [] : [[before, -1] as const])];
  const wasOn = commitment?.on[slot - 1];
  const isOn = commitment?.on[slot];
  const onBefore =
    before === undefined ? (commitment && initial.state === 'off' ? 0 : 1) : isInService(unit, slot - 1) ? 1 : 0;
  const onNow = isInService(unit, slot) ? 1 : 0;
  const step = (from: number, to: number): number => (from === 1 ? rampKw : to === 1 ? stepKw : 0);
  if (way === 'up') {
    const started = commitment?.start[slot] ?? null;
    return {
      name: gasName(unit.id, 'ramp up', slot),
      lower: -Infinity,
      upper: beforeKw + (wasOn !== undefined ? 0 : commitment ? onBefore * rampKw : step(onBefore, onNow)),
      terms: [
        ...change,
        ...(wasOn === undefined ? [] : [[wasOn, -rampKw] as const]),
        ...(started === null ? [] : [[started, -stepKw] as const]),
      ],
    };
  }
  const stopped = commitment?.stop[slot] ?? null;
  return {
    name: gasName(unit.id, 'ramp down', slot),
    lower: beforeKw - (isOn !== undefined ? 0 : step(onNow, onBefore)),
    upper: Infinity,
    terms: [
      ...change,
      ...(isOn === undefined ? [] : [[isOn, rampKw] as const]),
      ...(stopped === null ? [] : [[stopped, stepKw] as const]),
    ],
  };
}

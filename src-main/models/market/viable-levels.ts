import type { MarketStorage } from './problem.ts';

/**
 * Levels from which every later limit of the storage can still be met [slot 0 … slots][level]; prices play no part. All of them where the
 * storage is the same in every slot.
 */
export function viableLevels(storage: MarketStorage, slots: number): Uint8Array[] {
  const viable = Array.from({ length: slots + 1 }, () => new Uint8Array(storage.energyLevels).fill(1));
  if (!storage.bySlot) return viable;
  for (let slot = slots - 1; slot >= 0; slot--) {
    const after = viable[slot + 1]!;
    const { leastLevel, mostLevel } = storage.bySlot;
    for (let level = 0; level < after.length; level++)
      if (level < leastLevel[slot]! || level > mostLevel[slot]!) after[level] = 0;
    for (let level = 0; level < after.length; level++) {
      const [least, most] = actionRange(storage, slot, level);
      viable[slot]![level] = after.subarray(level + least, level + most + 1).includes(1) ? 1 : 0;
    }
  }
  return viable;
}

/** Least and most action that power and the ends of the storage allow in a slot. */
export function actionRange(
  { energyLevels, maxStepsPerSlot, bySlot }: MarketStorage,
  slot: number,
  level: number,
): readonly [number, number] {
  const down = bySlot ? Math.min(maxStepsPerSlot, bySlot.dischargeSteps[slot]!) : maxStepsPerSlot;
  const up = bySlot ? Math.min(maxStepsPerSlot, bySlot.chargeSteps[slot]!) : maxStepsPerSlot;
  return [-Math.min(down, level), Math.min(up, energyLevels - 1 - level)];
}

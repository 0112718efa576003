/**
 * The signals of regulation that are worst for a battery, as pieces of time, to be replayed in plain arithmetic. Draining: all the way up at once for
 * as long as the set allows, then to and fro between both sides, then back just in time for the window to end with what may be left. Filling: the
 * same downwards, resting instead of going to and fro, for every turn loses energy.
 */
import type { RegulationSignals } from '../uncertainty/regulation-signal.ts';

/** A stretch of one slot in which the signal has one mean, made of ±1 where it turns, steady where it does not. */
export interface SignalPiece {
  hours: number;
  mean: number;
  turning: boolean;
}

/** Pieces of each slot of the day. */
export function worstSignal(
  { windowSlots, netShare, runningHours }: RegulationSignals,
  way: 'drain' | 'fill',
  slots: number,
  slotHours: number,
): SignalPiece[][] {
  const sign = way === 'drain' ? 1 : -1;
  const pieces: SignalPiece[][] = Array.from({ length: slots }, () => []);
  for (let first = 0; first < slots; first += windowSlots) {
    const windowHours = Math.min(windowSlots, slots - first) * slotHours;
    const net = Math.min(runningHours, ((1 + netShare) * windowHours) / 2, windowHours);
    const back = Math.max(0, net - netShare * windowHours);
    const stretches: SignalPiece[] = [
      { hours: net, mean: sign, turning: false },
      { hours: Math.max(0, windowHours - net - back), mean: 0, turning: way === 'drain' },
      { hours: back, mean: -sign, turning: false },
    ];
    let slot = first;
    let leftOfSlot = slotHours;
    for (const stretch of stretches) {
      let { hours } = stretch;
      while (hours > 1e-12 && slot < slots) {
        const part = Math.min(hours, leftOfSlot);
        pieces[slot]!.push({ ...stretch, hours: part });
        hours -= part;
        leftOfSlot -= part;
        if (leftOfSlot > 1e-12) continue;
        slot++;
        leftOfSlot = slotHours;
      }
    }
  }
  return pieces;
}

/** Most that a signal can stand on one side in the mean of a slot. */
export function mostInSlot(
  { windowSlots, netShare, runningHours }: RegulationSignals,
  slots: number,
  slotHours: number,
  slot: number,
): number {
  const first = slot - (slot % windowSlots);
  const windowHours = Math.min(windowSlots, slots - first) * slotHours;
  const reach = (hours: number): number =>
    Math.min(hours, runningHours, Math.max(0, (1 + netShare) * windowHours - hours));
  const into = (slot - first) * slotHours;
  return Math.min(1, (reach(into) + reach(into + slotHours)) / slotHours);
}

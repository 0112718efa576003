/**
 * What the worst signal of a set (uncertainty/regulation-signal.ts) takes out of a battery, and brings into it, per kW of capacity.
 *
 * With x(τ) = min(τ, h, (1 + ν) L − τ) the largest net running time by moment τ of a window: more than τ or h it cannot be, and what is left must
 * still allow the way back to ν L. Drawing P kW from a battery takes drop(P) = max(P/η_d, η_c P) from its energy, which is convex, so
 *
 *   drained by τ:  κ(τ) = x (1/η_d + η_c)/2 + τ (1/η_d − η_c)/2        all time at +1 or −1: the net is paid for, and every turn loses energy
 *   filled by τ:   χ(τ) = x / η_d                                     a steady signal fills most; a kWh not discharged is worth 1/η_d
 *
 * κ is exact for a battery that rests, χ for one that discharges at least its capacity; for any other schedule both are on the safe side, because
 * drop(p + r s) ≤ drop(p) + drop(r s). The energy of the plan is straight within a slot and κ, χ are concave, so the least of their
 * difference is at the end of a slot or where x bends; `moments` are those. Derived in docs/method/services.md.
 */
import type { RegulationSignals } from '../uncertainty/regulation-signal.ts';

export interface SignalMoment {
  /** Slot of the window, counted from its first, and the share of that slot that has passed: above 0, at most 1. */
  slot: number;
  passed: number;
  /** kWh per kW of capacity. */
  drainedKwh: number;
  filledKwh: number;
}

export interface Efficiencies {
  charge: number;
  discharge: number;
}

const tolerance = 1e-9;

/** x(τ), hours. */
export function netHours({ netShare, runningHours }: RegulationSignals, windowHours: number, hours: number): number {
  return Math.max(0, Math.min(hours, runningHours, (1 + netShare) * windowHours - hours));
}

/** In the order of time; the last is the end of the window. @param slots of the window, as many as the day has left for it. */
export function signalMoments(
  signals: RegulationSignals,
  slots: number,
  slotHours: number,
  { charge, discharge }: Efficiencies,
): SignalMoment[] {
  const windowHours = slots * slotHours;
  const { netShare, runningHours } = signals;
  const back = (1 + netShare) * windowHours;
  const bends = runningHours < back / 2 ? [runningHours, back - runningHours] : [back / 2];
  const ends = Array.from({ length: slots }, (_, slot) => (slot + 1) * slotHours);
  const inside = bends.filter(
    (hours) => hours > tolerance && ends.every((end) => Math.abs(end - hours) > tolerance) && hours < windowHours,
  );
  return [...ends, ...inside]
    .sort((a, b) => a - b)
    .map((hours) => {
      const slot = Math.min(slots - 1, Math.ceil(hours / slotHours - tolerance) - 1);
      const net = netHours(signals, windowHours, hours);
      return {
        slot,
        passed: hours / slotHours - slot,
        drainedKwh: (net * (1 / discharge + charge) + hours * (1 / discharge - charge)) / 2,
        filledKwh: net / discharge,
      };
    });
}

/** Largest mean of a signal over one slot of the window: what metered power can differ by. */
export function largestMean(signals: RegulationSignals, slots: number, slotHours: number, slot: number): number {
  const at = (hours: number): number => netHours(signals, slots * slotHours, hours);
  return Math.min(1, (at(slot * slotHours) + at((slot + 1) * slotHours)) / slotHours);
}

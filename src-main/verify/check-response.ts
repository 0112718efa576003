/**
 * Re-checks the answer of an owner to a tariff in plain arithmetic: energy, power and stay hold, the bill is what the tariff says, and no
 * kWh could be moved to another slot of the stay for less.
 */
import type { Tariff } from '../models/tariffs/tariff.ts';
import type { Response } from '../models/tariffs/respond.ts';
import type { Ev } from '../models/v2g/problem.ts';

export type ResponseBreach = 'power' | 'stay' | 'energy' | 'bill' | 'cheaper slot';

const tolerance = 1e-6;

/** @param baseKw charging at once on arrival [slot], from which an event is counted. Empty when all holds. */
export function checkResponse(
  ev: Ev,
  tariff: Tariff,
  { chargeKw, bill }: Response,
  baseKw: readonly number[],
  slotHours: number,
): ResponseBreach[] {
  const breaches = new Set<ResponseBreach>();
  const { event, pricePerKwh } = tariff;
  let chargedKwh = 0;
  let owes = 0;
  let savedKwh = 0;
  chargeKw.forEach((kw, slot) => {
    if (!(kw >= -tolerance && kw <= ev.chargeKw + tolerance)) breaches.add('power');
    if (kw > tolerance && !(slot >= ev.arrivalSlot && slot < ev.departureSlot)) breaches.add('stay');
    chargedKwh += kw * slotHours;
    owes += kw * slotHours * pricePerKwh[slot]!;
    if (event?.slots[slot]) savedKwh += (baseKw[slot]! - kw) * slotHours;
  });
  const stayKwh = Math.max(0, ev.departureSlot - ev.arrivalSlot) * ev.chargeKw * slotHours;
  const wantedKwh = Math.min(stayKwh, Math.max(0, ev.requiredKwh - ev.initialKwh) / ev.efficiency);
  if (Math.abs(chargedKwh - wantedKwh) > tolerance * Math.max(1, wantedKwh)) breaches.add('energy');
  if (event) owes -= event.paidPerKwh * Math.max(0, savedKwh);
  if (Math.abs(owes - bill) > tolerance * Math.max(1, Math.abs(owes))) breaches.add('bill');
  // A kWh of the event costs what is not paid for it too, while less is charged in it than at once.
  const priceOf = (slot: number): number =>
    pricePerKwh[slot]! + (event?.slots[slot] && savedKwh > tolerance ? event.paidPerKwh : 0);
  let dearestUsed = -Infinity;
  let cheapestFree = Infinity;
  for (let slot = ev.arrivalSlot; slot < ev.departureSlot; slot++) {
    if (chargeKw[slot]! > tolerance) dearestUsed = Math.max(dearestUsed, priceOf(slot));
    if (chargeKw[slot]! < ev.chargeKw - tolerance) cheapestFree = Math.min(cheapestFree, priceOf(slot));
  }
  if (dearestUsed > cheapestFree + tolerance) breaches.add('cheaper slot');
  return [...breaches];
}

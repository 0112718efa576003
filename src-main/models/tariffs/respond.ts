/**
 * How owners answer a tariff: each car charges what it needs before it leaves, for the least bill. Solved exactly, per car or class of cars.
 *
 *   min Σ_t p_t c_t Δ − paid · max(0, B − Σ_{t ∈ event} c_t Δ)   s.t.  η Σ_t c_t Δ = need,  0 ≤ c_t ≤ chargeKw while connected
 *
 * B: energy charged in the event when charging at once. Without an event the cheapest slots are filled first, of equal ones the earlier: an
 * owner wants the energy soon. The payment is concave, so the bill is the less of two linear ones: below B a kWh of the event
 * costs p + paid; at or above B nothing is paid. Nobody discharges; a need beyond what the stay can hold is charged as far as it goes.
 */
import type { Ev } from '../v2g/problem.ts';
import type { Tariff } from './tariff.ts';

export interface Response {
  /** [slot] */
  chargeKw: number[];
  /** What the owner pays, less what it is paid; the site's currency. */
  bill: number;
  /** Of that, paid for charging less in the event. */
  paid: number;
}

export function respond(ev: Ev, tariff: Tariff, slotHours: number): Response {
  const { pricePerKwh, event } = tariff;
  const plain = fill(ev, pricePerKwh, slotHours);
  const settled = (chargeKw: number[]): Response => {
    const paid = event ? event.paidPerKwh * Math.max(0, inEvent(atOnce(ev, pricePerKwh.length, slotHours)) - inEvent(chargeKw)) : 0; // prettier-ignore
    const cost = chargeKw.reduce((sum, kw, slot) => sum + kw * pricePerKwh[slot]! * slotHours, 0);
    return { chargeKw, bill: cost - paid, paid };
  };
  const inEvent = (kw: readonly number[]): number =>
    kw.reduce((sum, value, slot) => sum + (event!.slots[slot] ? value * slotHours : 0), 0);
  if (!event) return settled(plain);
  const avoiding = fill(
    ev,
    pricePerKwh.map((price, slot) => price + (event.slots[slot] ? event.paidPerKwh : 0)),
    slotHours,
  );
  const [without, within] = [settled(plain), settled(avoiding)];
  return within.bill < without.bill ? within : without;
}

/** Full power from arrival until the energy is there [slot]. */
export const atOnce = (ev: Ev, slots: number, slotHours: number): number[] =>
  fill(ev, new Array<number>(slots).fill(0), slotHours);

/** The cheapest slots of the stay first, of equal ones the earlier. */
function fill(ev: Ev, pricePerKwh: readonly number[], slotHours: number): number[] {
  const chargeKw = new Array<number>(pricePerKwh.length).fill(0);
  const stay = Array.from({ length: ev.departureSlot - ev.arrivalSlot }, (_, at) => ev.arrivalSlot + at);
  let leftKwh = Math.max(0, ev.requiredKwh - ev.initialKwh) / ev.efficiency;
  for (const slot of stay.sort((a, b) => pricePerKwh[a]! - pricePerKwh[b]! || a - b)) {
    if (leftKwh <= 0) break;
    chargeKw[slot] = Math.min(ev.chargeKw, leftKwh / slotHours);
    leftKwh -= chargeKw[slot] * slotHours;
  }
  return chargeKw;
}

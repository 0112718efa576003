/**
 * Settlement of a virtual power plant at its internal price: λ_t, what a kWh more or less within the plant is worth in slot t.
 *
 *   member i receives  Σ_t λ_t · delivered_it · Δ  +  Σ_t (μ_t · its part of import + ν_t · its part of export) · Δ
 *   μ_t = max(0, λ_t (1 − loss) − buy_t),  ν_t = max(0, sell_t − λ_t): what a kW more of the connection would be worth
 *
 * Where λ is the dual price of the power balance of the whole plant's program, the payments sum to what the market pays it, and no
 * coalition of members could do better on its own: the allocation lies in the core (Owen 1975, "On the core of linear production
 * games"; here with storage and fleets as local constraints). Rounded to whole cents by largest remainders, so that nothing is lost.
 */
import { costSegments } from '../v2g/cost-segments.ts';
import type { V2gProblem } from '../v2g/problem.ts';
import type { V2gSchedule } from '../v2g/schedule.ts';
import type { VppMember } from './coalition.ts';

export interface VppAccount {
  id: string;
  name: string;
  kind: VppMember['kind'];
  /** Given to the others (+) or taken (−) over the day, after losses. */
  deliveredKwh: number;
  /** What it is paid: for wear at cost, for its part of the connection, and for energy at the internal price less that wear. */
  energyCents: number;
  capacityCents: number;
  wearCents: number;
  /** Sum of the three; negative: it pays. */
  receivesCents: number;
  /** Fuel, maintenance, wear, unmet goals of its own. */
  ownCostCents: number;
  /** Received less its own cost, in the plant and by itself on its part of the connection. */
  netCents: number;
  aloneCents: number;
}

export interface VppSettlement {
  accounts: VppAccount[];
  /** What the market pays the plant (negative: takes). Equals the sum of what the members receive. */
  marketCents: number;
  /** λ_t [slot], money per kWh. */
  pricePerKwh: number[];
}

/** @param whole the coalition problem of all members, @param aloneCost of each by itself, in the problem's currency. */
export function settleVpp(
  whole: V2gProblem,
  schedule: V2gSchedule,
  members: readonly VppMember[],
  pricePerKwh: readonly number[],
  aloneCost: readonly number[],
): VppSettlement {
  const { slotHours, lossShare } = whole;
  const grid = whole.grid!;
  const exact = members.map((member) => {
    const { deliveredKw, wear, ownCost } = memberDay(whole, schedule, member);
    const sum = (money: (slot: number) => number): number =>
      deliveredKw.reduce((total, _, slot) => total + money(slot) * slotHours, 0);
    const capacity = sum((slot) => {
      const price = pricePerKwh[slot]!;
      const more = Math.max(0, price * (1 - lossShare) - grid.buyPerKwh[slot]!);
      return more * member.importKw + Math.max(0, grid.sellPerKwh[slot]! - price) * member.exportKw;
    });
    const energy = sum((slot) => pricePerKwh[slot]! * deliveredKw[slot]!);
    return { deliveredKwh: sum((slot) => deliveredKw[slot]!), energy, capacity, wear, ownCost };
  });
  const marketCents = cents(-(schedule.cost.gridPurchase + schedule.cost.gridSale));
  const receives = wholeCents(exact.map(({ energy, capacity }) => energy + capacity), marketCents); // prettier-ignore
  const accounts = members.map(({ id, name, kind }, at): VppAccount => {
    const { deliveredKwh, capacity, wear, ownCost } = exact[at]!;
    const capacityCents = cents(capacity);
    const wearCents = cents(wear);
    const ownCostCents = cents(ownCost);
    return {
      id,
      name,
      kind,
      deliveredKwh,
      energyCents: receives[at]! - capacityCents - wearCents,
      capacityCents,
      wearCents,
      receivesCents: receives[at]!,
      ownCostCents,
      netCents: receives[at]! - ownCostCents,
      aloneCents: cents(-aloneCost[at]!),
    };
  });
  return { accounts, marketCents, pricePerKwh: [...pricePerKwh] };
}

/** Power given to the others (+) or taken (−) [slot], after losses, and what it costs the member itself. */
export function memberDay(
  whole: V2gProblem,
  schedule: V2gSchedule,
  member: VppMember,
): { deliveredKw: number[]; wear: number; ownCost: number } {
  const kept = 1 - whole.lossShare;
  const hours = whole.slotHours;
  const total = (kw: readonly number[]): number => kw.reduce((sum, value) => sum + value * hours, 0);
  const given = (output: readonly number[]): number[] => output.map((kw) => kw * kept);
  switch (member.kind) {
    case 'wind': {
      const park = whole.wind.find(({ id }) => id === member.id)!;
      const { outputKw } = schedule.wind.find(({ id }) => id === member.id)!;
      return { deliveredKw: given(outputKw), wear: 0, ownCost: park.maintenancePerKwh * total(outputKw) };
    }
    case 'gas': {
      const segments = costSegments(whole.gas.find(({ id }) => id === member.id)!);
      const { outputKw } = schedule.gas.find(({ id }) => id === member.id)!;
      const perHour = outputKw.map((kw) =>
        segments.reduce(
          (sum, { widthKw, slopePerKwh }, k) => sum + slopePerKwh * Math.min(widthKw, Math.max(0, kw - k * widthKw)),
          0,
        ),
      );
      return { deliveredKw: given(outputKw), wear: 0, ownCost: total(perHour) };
    }
    case 'storage': {
      const unit = whole.storage.find(({ id }) => id === member.id)!;
      const { chargeKw, dischargeKw } = schedule.storage.find(({ id }) => id === member.id)!;
      const wear = unit.degradationPerKwh * (total(chargeKw) + total(dischargeKw));
      return { deliveredKw: dischargeKw.map((kw, slot) => kw - chargeKw[slot]!), wear, ownCost: wear };
    }
    case 'aggregator': {
      const deliveredKw = new Array<number>(whole.slots).fill(0);
      let wear = 0;
      let unmet = 0;
      whole.evs.forEach((ev, index) => {
        if (ev.aggregator !== member.index) return;
        const { chargeKw, dischargeKw, unmetKwh } = schedule.evs[index]!;
        for (let slot = ev.arrivalSlot; slot < ev.departureSlot; slot++)
          deliveredKw[slot]! += dischargeKw[slot]! - chargeKw[slot]!;
        wear += whole.dischargePerKwh * total(dischargeKw);
        unmet += (whole.unmetPerKwh ?? 0) * unmetKwh;
      });
      return { deliveredKw, wear, ownCost: wear + unmet };
    }
  }
}

/** Whole cents that sum to `total`: each rounded down, what is left given to the largest remainders. */
function wholeCents(money: readonly number[], total: number): number[] {
  const down = money.map((amount) => Math.floor(amount * 100));
  const order = [...money.keys()].sort((a, b) => remainder(money[b]!) - remainder(money[a]!));
  let left = total - down.reduce((sum, amount) => sum + amount, 0);
  for (let at = 0; left !== 0; at = (at + 1) % order.length) {
    down[order[at]!]! += Math.sign(left);
    left -= Math.sign(left);
  }
  return down;
}

const remainder = (amount: number): number => amount * 100 - Math.floor(amount * 100);
const cents = (amount: number): number => Math.round(amount * 100);

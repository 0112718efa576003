/** Routes: from start to end without a gap, trips in the time they take, and no more trucks at a station than have a place. */
import type { SmsPlan, TruckPlan } from '../models/sms/plan.ts';
import type { SmsProblem, Truck } from '../models/sms/problem.ts';
import type { Ledger } from './ledger.ts';

export function checkSmsRoutes(problem: SmsProblem, plan: SmsPlan, ledger: Ledger): void {
  problem.trucks.forEach((truck, k) => checkRoute(problem, truck, plan.trucks[k]!, ledger));
  problem.terminals.forEach((terminal, i) => {
    if (terminal.kind === 'depot') return;
    for (let slot = 0; slot < problem.slots; slot++) {
      const here = plan.trucks.filter(({ terminalBySlot }) => terminalBySlot[slot] === i).length;
      const subject = `station ${terminal.id}`;
      const bound = terminal.truckCapacity;
      ledger.most({ limit: 'station places', subject, slot, quantity: 'trucks', value: here, bound, unit: 'trucks' });
    }
  });
}

function checkRoute(problem: SmsProblem, truck: Truck, answer: TruckPlan, ledger: Ledger): void {
  const refuse = (what: string): void => ledger.refuse('route', `Truck ${truck.id} ${what}`);
  const name = (terminal: number): string => problem.terminals[terminal]?.id ?? `terminal ${terminal}`;
  const places = new Array<number | null>(problem.slots).fill(null);
  let at = truck.start;
  let slot = 0;
  let travelUsd = 0;
  let holdingUsd = 0;
  for (const leg of answer.legs) {
    if (leg.fromSlot !== slot) refuse(`has a leg from slot ${leg.fromSlot}, but the one before ends at ${slot}`);
    const from = leg.kind === 'stay' ? leg.terminal : leg.from;
    if (from !== at) refuse(`goes on from ${name(from)} in slot ${leg.fromSlot}, but is at ${name(at)}`);
    if (!(leg.untilSlot > leg.fromSlot)) refuse(`has a leg that ends at ${leg.untilSlot}, where it begins`);
    if (leg.kind === 'stay') {
      for (let t = leg.fromSlot; t < Math.min(leg.untilSlot, problem.slots); t++) places[t] = leg.terminal;
      holdingUsd += (leg.untilSlot - leg.fromSlot) * (problem.holdCostUsdPerSlot[leg.terminal] ?? NaN);
    } else {
      const time = problem.travelSlots[leg.from]?.[leg.to]?.[leg.fromSlot] ?? null;
      if (time === null || leg.from === leg.to)
        refuse(`cannot drive from ${name(leg.from)} to ${name(leg.to)} in slot ${slot}`);
      else if (leg.untilSlot - leg.fromSlot !== time)
        refuse(
          `drives from ${name(leg.from)} to ${name(leg.to)} in ${leg.untilSlot - leg.fromSlot} slots instead of ${time}`,
        );
      travelUsd += problem.travelCostUsd[leg.from]?.[leg.to]?.[leg.fromSlot] ?? NaN;
      at = leg.to;
    }
    slot = leg.untilSlot;
  }
  if (slot !== problem.slots) refuse(`has a route until slot ${slot} of ${problem.slots}`);
  if (at !== truck.end) refuse(`ends at ${name(at)} instead of ${name(truck.end)}`);
  for (const rule of truck.places ?? [])
    for (let t = rule.fromSlot; t < rule.untilSlot; t++) {
      const place = places[t] ?? null;
      const stands = place !== null && rule.terminals.includes(place);
      if (rule.kind === 'only' && !stands) refuse(`is not where it must be in slot ${t}`);
      if (rule.kind === 'never' && stands) refuse(`is at ${name(place)} in slot ${t}, where it must not be`);
    }
  if (places.some((place, t) => place !== answer.terminalBySlot[t])) refuse('is shown elsewhere than its legs lead');
  const money = { subject: `truck ${truck.id}`, slot: null, unit: 'USD' };
  ledger.equal({ ...money, limit: 'travel cost', quantity: 'travel', value: answer.travelUsd, bound: travelUsd });
  ledger.equal({ ...money, limit: 'holding cost', quantity: 'holding', value: answer.holdingUsd, bound: holdingUsd });
}

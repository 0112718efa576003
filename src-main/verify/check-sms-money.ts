/** Money: prices from the menu or within their range, every item of cost and profit, and a settlement that sums to zero and leaves nobody worse off. */
import type { SmsPlan } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import type { Ledger } from './ledger.ts';

export function checkSmsMoney(problem: SmsProblem, plan: SmsPlan, ledger: Ledger): void {
  const equal = (subject: string, quantity: string, value: number, bound: number, unit = 'USD', scale = 1): void =>
    ledger.equal({ limit: quantity, subject, slot: null, quantity, value, bound, unit, scale });
  const rounded = (subject: string, quantity: string, usd: number, cents: number): void => {
    const value = Math.abs(100 * usd - cents);
    ledger.most({ limit: `${quantity} to the cent`, subject, slot: null, quantity, value, bound: 0.5, unit: 'cents' });
  };
  plan.priceUsdPerMwh.forEach((prices, g) =>
    prices.forEach((price, slot) => {
      const subject = `grid ${problem.grids[g]!.id}`;
      const cap = problem.priceCapUsdPerMwh?.[g]![slot];
      if (cap !== undefined) {
        const claim = { limit: 'price cap', subject, slot, quantity: 'price', value: price, unit: 'USD/MWh' };
        ledger.least({ ...claim, bound: problem.priceFloorUsdPerMwh?.[g]![slot] ?? 0 });
        ledger.most({ ...claim, bound: cap });
      } else if (!problem.priceMenuUsdPerMwh[g]![slot]!.includes(price))
        ledger.refuse('price menu', `Grid ${problem.grids[g]!.id}, slot ${slot}: ${price} is not on the menu`);
    }),
  );
  const { rentUsd, degradationUsd } = rents(problem, plan);
  const ownUsd = problem.grids.map((_, g) => ownCost(problem, plan, g));
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const travelUsd = sum(plan.trucks.map((truck) => truck.travelUsd));
  const holdingUsd = sum(plan.trucks.map((truck) => truck.holdingUsd));
  equal('owner', 'rent', plan.rentUsd, sum(rentUsd));
  equal('owner', 'degradation', plan.degradationUsd, degradationUsd);
  equal('owner', 'travel', plan.travelUsd, travelUsd);
  equal('owner', 'holding', plan.holdingUsd, holdingUsd);
  equal('owner', 'profit', plan.ownerProfitUsd, sum(rentUsd) - degradationUsd - travelUsd - holdingUsd);
  equal('users', 'cost', plan.usersCostUsd, sum(ownUsd) + sum(rentUsd));

  // Cents are whole numbers: the tolerance of measured values must not hide one, so that differences are judged against zero.
  const { grids, ownerIncomeCents } = plan.settlement;
  grids.forEach((account, g) => {
    const subject = `grid ${account.id}`;
    for (const [field, cents] of Object.entries(account))
      if (field !== 'id' && !Number.isInteger(cents)) ledger.refuse('settlement', `${subject}: ${field} is ${cents}`);
    rounded(subject, 'own cost', ownUsd[g]!, account.ownCents);
    rounded(subject, 'rent', rentUsd[g]!, account.rentCents);
    equal(
      subject,
      'account',
      account.ownCents + account.rentCents - account.transferCents - account.paysCents,
      0,
      'cents',
    );
  });
  equal('grids', 'transfers', sum(grids.map((account) => account.transferCents)), 0, 'cents');
  equal('owner', 'income and rents', ownerIncomeCents - sum(grids.map((account) => account.rentCents)), 0, 'cents');
  const aloneUsd = sum(grids.map((account) => account.aloneCents)) / 100;
  // Each grid's amount was rounded once.
  const lostUsd = Math.abs(aloneUsd - plan.usersCostWithoutTrucksUsd);
  const alone = { limit: 'cost without trucks', subject: 'users', slot: null, quantity: 'difference', unit: 'USD' };
  ledger.most({ ...alone, value: lostUsd, bound: 0.005 * grids.length });

  // A truck that must be charged to meet its final energy is a duty that may cost more than it saves.
  if (problem.trucks.some((truck) => truck.initialMwh < truck.finalMinMwh)) return;
  for (const account of grids) {
    const subject = `grid ${account.id}`;
    const cents = { limit: 'no worse off', subject, slot: null, quantity: 'payment', unit: 'cents' };
    // Three amounts per grid were rounded once, so that a saving of nothing may look like 1.5 cents of loss.
    ledger.most({ ...cents, value: account.paysCents, bound: account.aloneCents + 2 });
  }
}

function rents(problem: SmsProblem, plan: SmsPlan): { rentUsd: number[]; degradationUsd: number } {
  const rentUsd = problem.grids.map(() => 0);
  let degradationUsd = 0;
  plan.trucks.forEach((truck, k) =>
    truck.terminalBySlot.forEach((place, slot) => {
      const terminal = place === null ? undefined : problem.terminals[place];
      if (terminal?.kind !== 'station') return;
      const energyMwh = (truck.chargeMw[slot]! + truck.dischargeMw[slot]!) * problem.slotHours;
      rentUsd[terminal.grid]! += energyMwh * plan.priceUsdPerMwh[terminal.grid]![slot]!;
      degradationUsd += energyMwh * problem.trucks[k]!.degradationUsdPerMwh;
    }),
  );
  return { rentUsd, degradationUsd };
}

/** Energy, reserves and activity fees. */
function ownCost(problem: SmsProblem, plan: SmsPlan, g: number): number {
  const grid = problem.grids[g]!;
  const answer = plan.grids[g]!;
  let usd = 0;
  for (let slot = 0; slot < problem.slots; slot++) {
    const usdPerHour =
      grid.importUsdPerMwh[slot]! * answer.importMw[slot]! +
      grid.importReserveUsdPerMw * answer.importReserveMw[slot]! +
      grid.generatorUsdPerMwh * answer.generatorMw[slot]! +
      grid.generatorReserveUsdPerMw * answer.generatorReserveMw[slot]! +
      grid.curtailUsdPerMwh * answer.curtailMw[slot]! +
      grid.unservedUsdPerMwh * answer.unservedMw[slot]! +
      grid.dumpUsdPerMwh * answer.dumpMw[slot]! +
      grid.emergencyReserveUsdPerMw * answer.emergencyReserveMw[slot]!;
    usd += usdPerHour * problem.slotHours + (answer.active[slot] ? grid.activityFeeUsd : 0);
  }
  return usd;
}

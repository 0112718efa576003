/** What needs a decision before the trucks are sent: level 1 must fix, 2 should decide, 3 note. Each with what follows from it. */
import type { SmsPlanRecord } from './mobile-ports.ts';

export interface SmsException {
  level: 1 | 2 | 3;
  code: string;
  cause: string;
  consequence: string;
  fromSlot: number | null;
  toSlot: number | null;
  subject: { kind: 'plan' | 'truck' | 'grid' | 'terminal'; index: number };
}

/** Above this the plan may be far from the best. */
const wideGap = 0.02;
const least = 1e-6;
const mostRows = 9;

export function smsExceptions(record: SmsPlanRecord): SmsException[] {
  return [
    ...checkRow(record),
    ...unservedRows(record),
    ...emergencyRows(record),
    ...worseOffRows(record),
    ...riskRows(record),
    ...gapRow(record),
    ...idleRows(record),
    ...noteRows(record),
  ]
    .sort((a, b) => a.level - b.level)
    .slice(0, mostRows);
}

const ofPlan = { fromSlot: null, toSlot: null, subject: { kind: 'plan', index: 0 } } as const;
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

function checkRow({ check }: SmsPlanRecord): SmsException[] {
  const [first] = check.breaches;
  if (check.passed || !first) return [];
  const cause = `The independent check fails: ${first.sentence}`;
  const consequence = 'This plan breaks a limit and must not be driven.';
  return [{ ...ofPlan, level: 1, code: 'check-failed', cause, consequence, fromSlot: first.slot, toSlot: first.slot }];
}

/** First and last slot of a flow above nothing, with its energy in kWh; null when there is none. */
function stretch(mw: readonly number[], slotHours: number) {
  const slots = mw.flatMap((value, slot) => (value > least ? [slot] : []));
  const [first] = slots;
  if (first === undefined) return null;
  const kwh = 1000 * slotHours * mw.reduce((sum, value) => sum + value, 0);
  return { fromSlot: first, toSlot: slots.at(-1)!, amount: kwh.toFixed(0), count: slots.length };
}

function unservedRows({ plan, problem, storage }: SmsPlanRecord): SmsException[] {
  return plan.grids.flatMap(({ unservedMw }, index): SmsException[] => {
    const found = stretch(unservedMw, problem.slotHours);
    if (!found) return [];
    const { fromSlot, toSlot, amount } = found;
    const cause = `${storage.grids[index]!.name} is short of ${amount} kWh.`;
    const consequence = 'Customers would be cut off; give the grid more import, generation or a truck.';
    return [{ level: 1, code: 'unserved', cause, consequence, fromSlot, toSlot, subject: { kind: 'grid', index } }];
  });
}

function emergencyRows({ plan, problem, storage, options }: SmsPlanRecord): SmsException[] {
  return plan.grids.flatMap(({ emergencyReserveMw }, index): SmsException[] => {
    const found = stretch(emergencyReserveMw, problem.slotHours);
    if (!found) return [];
    const { fromSlot, toSlot, count } = found;
    const cause = `${storage.grids[index]!.name} needs emergency reserve in ${count} slots.`;
    const consequence = `Its own reserve does not hold the accepted risk of ${percent(options.epsilon)} there.`;
    return [
      { level: 2, code: 'emergency-reserve', cause, consequence, fromSlot, toSlot, subject: { kind: 'grid', index } },
    ];
  });
}

function worseOffRows({ plan, storage, currency }: SmsPlanRecord): SmsException[] {
  return plan.settlement.grids.flatMap(({ paysCents, aloneCents }, index): SmsException[] => {
    const loss = (paysCents - aloneCents) / 100;
    if (loss <= 0.05) return [];
    const cause = `${storage.grids[index]!.name} pays ${loss.toFixed(2)} ${currency} more than without trucks.`;
    const consequence = 'A grid that loses by sharing will leave; lift what forces a truck to be charged.';
    return [{ ...ofPlan, level: 2, code: 'worse-off', cause, consequence, subject: { kind: 'grid', index } }];
  });
}

function riskRows({ evidence, storage }: SmsPlanRecord): SmsException[] {
  return evidence.violations.flatMap(({ allSlots, epsilon, verdict, days }, index): SmsException[] => {
    if (verdict !== 'breaks') return [];
    const cause = `On ${days} held-out days the reserve of ${storage.grids[index]!.name} fell short in ${percent(allSlots.share)} of slots.`;
    const consequence = `That is above the accepted ${percent(epsilon)}; choose a wider margin or a smaller risk.`;
    return [{ ...ofPlan, level: 2, code: 'risk-broken', cause, consequence, subject: { kind: 'grid', index } }];
  });
}

function gapRow({ outcome }: SmsPlanRecord): SmsException[] {
  if (outcome.gap !== null && outcome.gap <= wideGap) return [];
  const within = outcome.gap === null ? 'nothing is proven' : `it is proven only to within ${percent(outcome.gap)}`;
  const cause = `How far the plan is from the best: ${within}.`;
  const consequence = 'Better rents or routes may exist; a longer time limit narrows it.';
  return [{ ...ofPlan, level: 3, code: 'gap', cause, consequence }];
}

function idleRows({ plan, storage, overrides }: SmsPlanRecord): SmsException[] {
  const forbidden = new Set(overrides.flatMap((one) => (one.kind === 'forbid-truck' ? [one.truck] : [])));
  return plan.trucks.flatMap(({ id, chargeMw, dischargeMw }, index): SmsException[] => {
    if (forbidden.has(id)) return [];
    if (chargeMw.some((mw) => mw > least) || dischargeMw.some((mw) => mw > least)) return [];
    const cause = `${storage.trucks[index]!.name} does not work on this day.`;
    const consequence = 'Nobody rents it at a rent that pays; its day costs only what standing costs.';
    return [{ ...ofPlan, level: 3, code: 'idle-truck', cause, consequence, subject: { kind: 'truck', index } }];
  });
}

const noteRows = ({ provenance }: SmsPlanRecord): SmsException[] =>
  provenance.notes.map((cause) => ({
    ...ofPlan,
    level: 3,
    code: 'note',
    cause,
    consequence: 'Look at the data of the day.',
  }));

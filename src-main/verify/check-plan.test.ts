import { describe, expect, it } from 'vitest';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { check, settled, type Change } from './fixtures/changed-plan.ts';
import { handMadeProblem, handMadeSchedule, settleCost } from './fixtures/hand-made.ts';

describe('checkPlan', () => {
  it('passes the hand-made plan', () => {
    expect(check()).toEqual({ passed: true, checked: expect.any(Number), worstBreach: 0, breaches: [] });
    expect(check().checked).toBeGreaterThan(300);
  });

  /** A number for slot 1 alone. */
  const inSlot1 = (value: number) =>
    Array.from({ length: handMadeProblem().slots }, (_, slot) => (slot === 1 ? value : null));

  const limits: [expected: string[], why: string, change: Change][] = [
    [['gas maximum'], 'lower maximum in a slot', (p) => (p.gas[0]!.maxKwAt = inSlot1(79))],
    [['gas output demanded'], 'output demanded in a slot', (p) => (p.gas[1]!.leastKwAt = inSlot1(245))],
    [['gas output held'], 'output held in a slot', (p) => (p.gas[1]!.pinnedKw = inSlot1(90))],
    [['wind output held'], 'wind held in a slot', (p) => (p.wind[0]!.pinnedKw = inSlot1(1))],
    [['grid import'], 'lower import limit in a slot', (p) => (p.grid!.importLimitKwAt = inSlot1(0))],
    [
      ['aggregator charge'],
      'a common charging limit in a slot',
      (p) => (p.aggregators[0]!.chargeLimitKwAt = inSlot1(1)),
    ],
    [
      ['aggregator discharge'],
      'a common discharging limit',
      (p) => (p.aggregators[0]!.dischargeLimitKwAt = Array.from({ length: 6 }, () => 1)),
    ],
    [['reserve'], 'more reserve in a slot', (p) => (p.reserve.shareOfLoadAt = inSlot1(5))],
    [['storage minimum energy'], 'more energy in a slot', (p) => (p.storage[0]!.minKwhAt = inSlot1(1e4))],
    [['gas maximum'], 'smaller unit', (p) => (p.gas[0]!.maxKw = 110)],
    [['gas minimum'], 'higher minimum', (p) => (p.gas[0]!.minKw = 85)],
    [['gas on/off'], 'a state between off and on', (_, s) => (s.gas[0]!.on[1] = 0.8)],
    [['gas on/off', 'reserve'], 'an always-on unit off', (_, s) => (s.gas[1]!.on[2] = 0)],
    [['gas output while off'], 'output while off', settled((_, s) => (s.gas[0]!.outputKw[5] = 5))],
    [
      ['gas ramp up'],
      'known lower output before',
      (p) => (p.gas[1]!.initial = { state: 'on', hours: 5, outputKw: 75 }),
    ],
    [
      ['gas ramp down'],
      'known higher output before',
      (p) => (p.gas[1]!.initial = { state: 'on', hours: 5, outputKw: 245 }),
    ],
    [['gas ramp up', 'gas ramp down'], 'slower unit', (p) => (p.gas[0]!.rampKwPerHour = 50)],
    [['gas minimum time on'], 'longer minimum time on', (p) => (p.gas[0]!.minimumUpHours = 2)],
    [
      ['gas minimum time off'],
      'started too soon',
      (p) => (p.gas[0]!.initial = { state: 'off', hours: 0, outputKw: 0 }),
    ],
    [
      ['gas minimum time on'],
      'stopped too soon at the start of the day',
      (p, s) => {
        p.gas[0]!.initial = { state: 'on', hours: 0.5, outputKw: 40 };
        p.gas[0]!.minimumDownHours = 0.5;
        s.cost.shutDown += 4;
        s.totalCost += 4;
        s.objective += 4;
      },
    ],
    [['wind available'], 'less wind', (p) => (p.wind[0]!.availableKw[2] = 75)],
    [['wind available'], 'negative wind', settled((_, s) => (s.wind[0]!.outputKw[2] = -1))],
    [['grid import'], 'smaller import limit', (p) => (p.grid!.importLimitKw = 100)],
    [['grid export'], 'smaller export limit', (p) => (p.grid!.exportLimitKw = 50)],
    [
      ['grid one direction'],
      'import and export at once',
      (p, s) => {
        s.grid!.importKw[0]! += 10;
        s.grid!.exportKw[0]! += 9.5;
        settleCost(p, s);
      },
    ],
    [['power balance', 'worst case'], 'more load', (p) => (p.loadKw[1]! += 10)],
    [['power balance'], 'less load', (p) => (p.loadKw[1]! -= 10)],
    [['power balance', 'worst case'], 'higher losses', (p) => (p.lossShare = 0.06)],
    [['reserve'], 'larger reserve', (p) => (p.reserve.shareOfLoad = 0.45)],
    [
      ['reserve'],
      'too little energy behind the storage',
      (p) => ((p.reserve.shareOfLoad = 0.43), (p.storage[0]!.minKwh = 17.125)),
    ],
    [
      ['storage charge power', 'storage energy balance'],
      'negative charge',
      settled((_, s) => (s.storage[0]!.chargeKw[1] = -3)),
    ],
    [
      ['storage discharge power', 'storage energy balance'],
      'negative discharge',
      settled((_, s) => (s.storage[0]!.dischargeKw[4] = -3)),
    ],
    [
      ['grid import'],
      'negative import',
      (p, s) => ((s.grid!.importKw[5] = -10), (s.grid!.exportKw[5]! -= 9.5), settleCost(p, s)),
    ],
    [
      ['grid export'],
      'negative export',
      (p, s) => ((s.grid!.exportKw[0] = -9.5), (s.grid!.importKw[0]! -= 10), settleCost(p, s)),
    ],
    [['EV charge power', 'EV energy balance'], 'negative charge', settled((_, s) => (s.evs[1]!.chargeKw[5] = -1))],
    [
      ['EV discharge power', 'EV energy balance'],
      'negative discharge',
      settled((_, s) => (s.evs[1]!.dischargeKw[5] = -1)),
    ],
    [
      ['reserve'],
      'storage that already discharges has less to add',
      (p) => ((p.reserve.shareOfLoad = 0.33), (p.gas[0]!.maxKw = 121)),
    ],
    [['storage charge power'], 'weaker charger', (p) => (p.storage[0]!.chargeKw = 9)],
    [['storage discharge power'], 'weaker inverter', (p) => (p.storage[0]!.dischargeKw = 14)],
    [['storage energy balance'], 'other initial energy', (p) => (p.storage[0]!.initialKwh = 51)],
    [['storage minimum energy'], 'higher minimum', (p) => (p.storage[0]!.minKwh = 35)],
    [['storage maximum energy'], 'lower maximum', (p) => (p.storage[0]!.maxKwh = 54)],
    [['storage final energy'], 'more wanted at the end', (p) => (p.storage[0]!.finalMinKwh = 41)],
    [
      ['storage one direction'],
      'charge and discharge at once',
      settled((_, s) => {
        s.storage[0]!.chargeKw[1] = 2;
        s.storage[0]!.dischargeKw[1]! += 2 * 0.95 * 0.9;
      }),
    ],
    [['EV charge power'], 'weaker charger', (p) => (p.evs[0]!.chargeKw = 45)],
    [['EV discharge power'], 'weaker inverter', (p) => (p.evs[0]!.dischargeKw = 8)],
    [['EV energy balance'], 'other initial energy', (p) => (p.evs[0]!.initialKwh = 151)],
    [
      ['EV minimum energy'],
      'higher minimum',
      (p) => {
        p.evs[1]!.minKwh = 70;
        p.evs[0]!.requiredKwh = 195;
      },
    ],
    [['EV maximum energy'], 'lower maximum', (p) => (p.evs[0]!.maxKwh = 195)],
    [['EV energy at departure'], 'more wanted', (p) => (p.evs[0]!.requiredKwh = 202)],
    [['EV unmet energy'], 'departure energy as a hard limit', settled((p) => (p.unmetPerKwh = null))],
    [['EV unmet energy'], 'negative shortfall', settled((_, s) => (s.evs[1]!.unmetKwh = -1))],
    [['EV connection'], 'charging while away', settled((_, s) => (s.evs[0]!.chargeKw[5] = 10))],
    [['EV connection'], 'discharging while away', settled((_, s) => (s.evs[0]!.dischargeKw[5] = 10))],
    [['EV connection'], 'energy while away', (_, s) => (s.evs[0]!.energyKwh[5] = 10)],
    [
      ['EV one direction'],
      'charge and discharge at once',
      settled((_, s) => {
        s.evs[0]!.chargeKw[2] = 2;
        s.evs[0]!.dischargeKw[2]! += 2 * 0.95 * 0.95;
      }),
    ],
    [['worst deviation', 'worst case'], 'wider set', (p) => (p.uncertainty.components[0]!.halfWidthKw[3] = 21)],
    [['worst deviation'], 'narrower set', (p) => (p.uncertainty.components[1]!.halfWidthKw[3] = 18)],
    [['EV pool share'], 'the share was fixed', (p) => (p.recourse = 0.5)],
    [
      ['EV pool share', 'worst case'],
      'a share while nobody is connected',
      settled((p, s) => {
        // The second group stays away: its row leaves the plan, and slots 4 and 5 are without a car.
        p.evs.pop();
        s.evs.pop();
        p.evs[0]!.requiredKwh = 170;
        s.evs[0]!.unmetKwh = 0;
        s.evShare[4] = 0;
        s.evShare[5] = 0.001;
      }),
    ],
    [['EV pool share', 'EV pool energy', 'worst case'], 'more than the whole', settled((_, s) => (s.evShare[0] = 3))],
    [['EV pool share'], 'negative share', settled((_, s) => (s.evShare[0] = -0.1))],
    [['EV pool energy', 'worst case'], 'less to spare', (p) => (p.evs[1]!.requiredKwh = 85)],
    [
      ['EV pool power', 'worst case'],
      'a share beyond the power in hand',
      settled((p, s) => {
        p.evs[1]!.dischargeKw = 0;
        s.evShare[5] = 0.9;
      }),
    ],
    [['total cost'], 'wrong sum', (_, s) => (s.totalCost += 1)],
    [['objective'], 'wrong objective', (_, s) => (s.objective += 1)],
    [['completeness'], 'a number missing', (_, s) => (s.evs[0]!.chargeKw[1] = NaN)],
    [['completeness'], 'a series cut short', (_, s) => s.gas[0]!.on.pop()],
    [['completeness'], 'a device missing', (_, s) => s.storage.pop()],
    [['completeness'], 'no grid', (_, s) => (s.grid = null)],
    [['completeness'], 'another protection', (_, s) => (s.protection = 1)],
    [['completeness'], 'a cost that is not a number', (_, s) => (s.evs[0]!.unmetKwh = NaN)],
  ];
  it.each(limits)('names exactly %j: %s', (expected, _, change) => {
    const { passed, breaches, worstBreach } = check(change);
    expect(passed).toBe(false);
    expect([...new Set(breaches.map(({ limit }) => limit))].sort()).toEqual(expected.toSorted());
    expect(worstBreach).toBeGreaterThan(1e-5);
  });

  it.each(Object.keys(handMadeSchedule().cost) as (keyof V2gSchedule['cost'])[])('names a wrong cost of %s', (key) => {
    const { breaches } = check((_, schedule) => (schedule.cost[key] += 1));
    expect(breaches).toHaveLength(1);
    expect(breaches[0]!.limit).toBe(`cost of ${key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`);
    expect(breaches[0]!.amount).toBeCloseTo(1, 9);
  });
});

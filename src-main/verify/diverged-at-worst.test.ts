import { expect, it } from 'vitest';
import { eveningDay } from '../models/v2g/fixtures/evening-day.ts';
import { smallNetwork } from '../models/v2g/fixtures/small-network.ts';
import { nominalSchedule } from '../planning/network/nominal-schedule.ts';
import { checkNetwork } from './check-network.ts';
import { divergedAtWorst } from './diverged-at-worst.ts';
import { Ledger } from './ledger.ts';
import { networkFlow } from './network-flow.ts';

/** The load may rise by 20 MW in the first slot, which ten kilovolts over these lines cannot carry, and by 100 kW in the others. */
const network = smallNetwork({}, 5);
const problem = eveningDay({
  network,
  recourse: 0,
  uncertainty: {
    components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [20_000, 100, 100] }],
    protection: 1,
  },
});
const schedule = nominalSchedule(problem);

it('tells whose worst deviations have no flow, and makes no number of them', () => {
  const { tree, slots } = networkFlow(problem, schedule, network);
  const toA = tree.buses.indexOf('A');
  expect(slots.map(({ flow }) => flow.converged)).toEqual([true, true, true]);
  expect(slots.map(({ heaviestMva }) => Number.isNaN(heaviestMva[toA]))).toEqual([true, false, false]);
  expect(divergedAtWorst(tree, slots[0]!).toSorted()).toEqual(
    ['branch S–A', 'bus A', 'bus B', 'bus C', 'bus D', 'the loss'].toSorted(),
  );
  expect(divergedAtWorst(tree, slots[1]!)).toEqual([]);
});

it('fails the check in words', () => {
  const ledger = new Ledger();
  checkNetwork(problem, schedule, network, ledger);
  const { passed, breaches } = ledger.report();
  expect(passed).toBe(false);
  const told = breaches.filter(({ limit }) => limit === 'network flow at worst');
  expect(told.map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(
      /^The power flow of slot 0 has no solution at the deviations that are worst for .+ and 3 more: the feeder cannot carry them$/,
    ),
  ]);
  expect(breaches.some(({ sentence }) => /NaN|∞/.test(sentence))).toBe(false);
});

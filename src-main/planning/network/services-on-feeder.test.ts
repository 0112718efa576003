import { describe, expect, it } from 'vitest';
import { battery } from '../../models/v2g/fixtures/small-problem.ts';
import { controlArea, regulationOf, reserveOf } from '../../models/v2g/fixtures/small-services.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import { powerFlow } from '../../verify/power-flow.ts';
import type { PlanRecord } from '../ports.ts';
import { networkView } from './network-view.ts';
import { limited, planned } from './fixtures/limited-day.ts';
import { randomDay } from './fixtures/random-day.ts';

/** Cars and a battery at the far end are paid well for regulation and for reserve. */
async function offering(seed: number, model: 'lindistflow' | 'branch-flow'): Promise<V2gProblem> {
  const day = randomDay(seed, 'interval', { model, recourse: 0 });
  const { slots } = day;
  const network = day.network!;
  const feeder = { ...network.feeder, voltageMaxPu: 1.002 };
  return limited({
    ...day,
    storage: [battery({ maxKwh: 600, initialKwh: 300, chargeKw: 150, dischargeKw: 150 })],
    network: { ...network, feeder, storageBus: [network.aggregatorBus[0]!] },
    services: {
      regulation: regulationOf(slots, { storage: ['battery-1'], aggregators: ['east', 'west'] }),
      reserve: reserveOf([
        controlArea(slots, {
          storage: ['battery-1'],
          aggregators: ['east', 'west'],
          mostKw: [500, 500],
          pricePerKwh: [0.5, 0.5],
        }),
      ]),
    },
  });
}

const offeredKw = ({ services }: Awaited<ReturnType<typeof planned>>['schedule']): number =>
  [...services!.regulation!.storageKw, ...services!.regulation!.evKw].flat().reduce((sum, kw) => sum + kw, 0);

describe('no signal and no call breaks a voltage or a line', () => {
  it.each([
    [1, 'lindistflow'],
    [2, 'lindistflow'],
    [1, 'branch-flow'],
    [3, 'branch-flow'],
  ] as const)('seed %i, %s', async (seed, model) => {
    const asked = await offering(seed, model);
    const { problem, schedule } = await planned(asked);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    const network = problem.network!;
    const { feeder } = network;
    const { slots, tree } = networkFlow(problem, schedule, network);
    const at = (bus: string): number => tree.buses.indexOf(bus);
    const { regulation, reserve } = schedule.services!;
    const reached = { lowestPu: Infinity, heaviestMva: 0 };
    slots.forEach(({ demand, lowest }, slot) => {
      // The day at its worst for the far end, and each step of signal and call beside it.
      for (const worst of [1, 0, -1])
        for (const signal of [-1, -0.5, 0, 0.5, 1])
          for (const called of [0, 1]) {
            const [pMw, qMvar] = [[...demand.pMw], [...demand.qMvar]];
            const [load, wind, east] = problem.uncertainty.components.map(
              ({ halfWidthKw }) => (worst * halfWidthKw[slot]!) / 1000,
            );
            for (const { bus, share, kvarPerKw } of network.loads) {
              pMw[at(bus)]! += share * load!;
              qMvar[at(bus)]! += share * kvarPerKw * load!;
            }
            pMw[at(network.windBus[0]!)]! += wind!;
            pMw[at(network.aggregatorBus[0]!)]! += east!;
            const give = (bus: string, held: number, spare: number): void =>
              void (pMw[at(bus)]! -= (signal * held + called * spare) / 1000);
            give(network.storageBus[0]!, regulation!.storageKw[0]![slot]!, reserve!.storageKw[0]![slot]!);
            problem.evs.forEach(({ aggregator }, i) =>
              give(network.aggregatorBus[aggregator]!, regulation!.evKw[i]![slot]!, reserve!.evKw[i]![slot]!),
            );
            const { voltagePu, sendingMva } = powerFlow(tree, feeder.slackVoltagePu, { pMw, qMvar });
            reached.lowestPu = Math.min(reached.lowestPu, ...voltagePu);
            reached.heaviestMva = Math.max(reached.heaviestMva, sendingMva[1]!);
            expect(Math.max(...voltagePu)).toBeLessThanOrEqual(feeder.voltageMaxPu + 5e-5);
          }
      expect(lowest.some(({ signal }) => signal === 'down')).toBe(true);
    });
    const limitMva = feeder.branches[0]!.limitMva!;
    expect(reached.lowestPu).toBeGreaterThanOrEqual(feeder.voltageMinPu - 5e-5);
    expect(reached.heaviestMva).toBeLessThanOrEqual(limitMva + 1e-5);
    expect(Math.min((reached.lowestPu - feeder.voltageMinPu) / 1e-3, (limitMva - reached.heaviestMva) / (0.006 * limitMva))).toBeLessThan(1); // prettier-ignore

    // What is offered is what the feeder lets through; a plan that does not look is refused for its signals.
    const blind = await planned({ ...asked, network: { ...asked.network!, model: 'unconstrained' } });
    expect(offeredKw(schedule)).toBeLessThan(offeredKw(blind.schedule));
    expect(offeredKw(schedule)).toBeGreaterThan(0);
    const refused = checkPlan(blind.problem, blind.schedule).breaches;
    expect(refused.some(({ sentence }) => sentence.includes('worst deviations and signals'))).toBe(true);
    const shown = { id: 'plan', day: '2023-06-15', problem, schedule, provenance: { zone: 'Europe/Berlin' } };
    expect(networkView(shown as PlanRecord)!.worst).toBe('deviations-and-signals');
  });
});

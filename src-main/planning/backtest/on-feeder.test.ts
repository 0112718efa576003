import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls, type CallName, type Request, type Response } from '../../contract/calls.ts';
import type { Core } from '../../hosts/compose.ts';
import { eveningDay } from '../../models/v2g/fixtures/evening-day.ts';
import { smallNetwork } from '../../models/v2g/fixtures/small-network.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { networkFlow } from '../../verify/network-flow.ts';
import { realiseDay } from '../../verify/realise-day.ts';
import type { RealDay } from '../../verify/realised-day.ts';
import { realisedNetwork } from '../../verify/realised-network.ts';
import { exactSolve } from '../exact-solve.ts';
import type { FeederRecord } from '../network/network-ports.ts';
import { solveOnNetwork } from '../network/solve-on-network.ts';
import type { NetworkModel } from '../site.ts';
import { openSmallDesk, smallSite } from './fixtures/small-desk.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const problem = eveningDay();
const network = problem.network!;
const none = [0, 0, 0];
const dayWith = (changes: Partial<RealDay>): RealDay => ({
  label: '2023-05-10',
  loadKw: [...problem.loadKw],
  windKw: [],
  extraChargingKw: none,
  settlement: { shortPerKwh: [1, 1, 1], surplusPerKwh: none, unservedPerKwh: 5, unmetPerKwh: 5 },
  ...changes,
});

describe('a realised day on its feeder', () => {
  const planned = async (): Promise<V2gSchedule> => {
    const { answer } = await solveOnNetwork(problem, testSolver, exactSolve);
    if (!('schedule' in answer)) throw new Error(answer.kind);
    return answer.schedule;
  };
  const on = (schedule: V2gSchedule, real: RealDay) =>
    realisedNetwork(problem, schedule, network, real, realiseDay(problem, schedule, real));

  it('flows as it was planned when all comes as expected', async () => {
    const schedule = await planned();
    const { voltageSlots, lineSlots, unsolvedSlots, lowestPu, lowestBus, lossKwh } = on(schedule, dayWith({}));
    expect([voltageSlots, lineSlots, unsolvedSlots]).toEqual([[], [], []]);
    const { slots } = networkFlow(problem, schedule, network);
    expect(lowestPu).toBeCloseTo(Math.min(...slots.flatMap(({ flow }) => flow.voltagePu)), 8);
    expect(lowestBus).toBe('C');
    const plannedKwh = slots.reduce((sum, { flow }) => sum + 1000 * flow.lossMw * problem.slotHours, 0);
    expect(lossKwh).toBeCloseTo(plannedKwh, 5);
  });

  it('counts the slots in which more load or more charging breaks a limit, and where', async () => {
    const schedule = await planned();
    const heavy = on(schedule, dayWith({ loadKw: [900, 900, 4000] }));
    expect(heavy.voltageSlots).toEqual([2]);
    const extra = { extraChargingKw: [800, 0, 0] };
    expect(on(schedule, dayWith(extra)).voltageSlots).toContain(0);
    // The same charging at no bus of the feeder would not be felt; at the cars' own it is.
    expect(on(schedule, dayWith({ ...extra, extraByAggregatorKw: [[800, 0, 0]] })).lowestBus).toBe('C');
    const limited = { ...network, feeder: smallNetwork({}, 1.2).feeder };
    const real = dayWith({ loadKw: [1500, 900, 900] });
    const { lineSlots } = realisedNetwork(problem, schedule, limited, real, realiseDay(problem, schedule, real));
    expect(lineSlots).toContain(0);
    const branches = network.feeder.branches.map((branch) => ({ ...branch, rPu: 40 * branch.rPu }));
    const weak = { ...network, feeder: { ...network.feeder, branches } };
    const { unsolvedSlots } = realisedNetwork(problem, schedule, weak, real, realiseDay(problem, schedule, real));
    expect(unsolvedSlots).toContain(0);
  });
});

describe('a back-test of a site on a feeder', () => {
  let core: Core;
  beforeAll(async () => {
    core = await openSmallDesk();
    core.tools.store.saveFeeder(feeder, 'test');
  });
  afterAll(() => core.close());

  const bus = (id: string, loadKw: number): FeederRecord['network']['buses'][number] => ({
    id,
    kind: id === 'S' ? 'substation' : 'load',
    loadKw,
    loadKvar: 0.2 * loadKw,
    baseKv: 1,
    voltageMinPu: 0.9,
    voltageMaxPu: 1.1,
    x: null,
    y: null,
  });
  const branch = (from: string, to: string): FeederRecord['network']['branches'][number] => ({
    from,
    to,
    rOhm: 0.3,
    xOhm: 0.15,
    limitMva: null,
    state: 'closed',
  });
  const feeder: FeederRecord = {
    id: 'three-buses',
    name: 'Three buses',
    topology: 'radial',
    buses: 3,
    branches: 2,
    ties: 0,
    baseKv: 1,
    loadKw: 80,
    loadKvar: 16,
    source: 'made up',
    licence: '',
    attribution: '',
    importedAtMs: 0,
    files: [],
    network: {
      slackBus: 'S',
      slackVoltagePu: 1,
      buses: [bus('S', 0), bus('A', 30), bus('B', 50)],
      branches: [branch('S', 'A'), branch('A', 'B')],
    },
  };

  async function ask<Name extends CallName>(name: Name, request: Request<Name>): Promise<Response<Name>> {
    const reply = await core.dispatch(name, request);
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return calls[name].response.parse(reply.value) as Response<Name>;
  }

  async function tested(model: NetworkModel, voltageMinPu: number) {
    const places = [{ kind: 'aggregator' as const, id: 'garage', bus: 'B', converterKva: 0 }];
    core.tools.store.saveSite(
      { ...smallSite(), network: { feederId: null, model, voltageMinPu, voltageMaxPu: 1.1, places } },
      'test',
    );
    const { jobId } = await ask('backtest.run', {
      from: '2023-05-10',
      to: '2023-05-10',
      every: 1,
      strategies: ['nominal', 'budget:2', 'without-v2g:2', 'perfect'],
      fit: { method: 'conformal', shape: 'per-slot', nominal: 0.9, windowDays: 60 },
      settlement: { spread: 0.5, unservedPerKwh: 3 },
      timeLimitSeconds: unhurriedSeconds,
    });
    const ended = await core.jobs.finished(jobId);
    return ask('backtest.get', ended.result as { backTestId: string });
  }

  it('judges each strategy on the feeder as the day was, and plans with its model where one is chosen', async () => {
    const blind = await tested('unconstrained', 0.97);
    for (const { realised, network: of } of blind.strategies) {
      expect(realised).toBe(1);
      expect(of).toMatchObject({ days: 1, brokenDays: 1 });
      expect(of!.lowestPu).toBeLessThan(0.97);
      expect(of!.lowestPu).toBeGreaterThan(0.8);
    }
    const wide = await tested('branch-flow', 0.9);
    for (const { realised, network: of } of wide.strategies) {
      expect(realised).toBe(1);
      expect(of).toMatchObject({ days: 1, brokenDays: 0, unsolvedSlots: 0 });
    }
    const cost = (strategy: string): number => wide.strategies.find((row) => row.strategy === strategy)!.realisedCost;
    for (const strategy of ['nominal', 'budget:2']) expect(cost(strategy)).toBeGreaterThanOrEqual(cost('perfect'));
    // A limit that load alone breaks leaves no plan to those who keep it.
    const tight = await tested('lindistflow', 0.999);
    expect(tight.results.map(({ state }) => state)).toEqual(['failed', 'failed', 'realised', 'realised']);
    const { text } = await ask('backtest.export', { backTestId: wide.id });
    expect(text).toContain('slots beyond a voltage limit');
  });
});

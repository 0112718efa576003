/**
 * What a finished plan is worth by each objective of docs/method/objectives.md, in plain arithmetic on its schedule and its problem. An objective that the
 * problem cannot state is left out.
 */
import type { FeederTree } from '../models/feeder/feeder.ts';
import type { ObjectiveValues } from '../models/v2g/objectives.ts';
import type { GasUnit, V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { SiteNetwork } from '../models/v2g/site-network.ts';
import { recomputedCost } from './check-cost.ts';
import { chordCostPerHour } from './chord-cost.ts';
import { networkParts, type NetDemand } from './network-parts.ts';
import { orderFeeder } from './order-feeder.ts';
import { powerFlow } from './power-flow.ts';
import { worstInSlot } from './worst-in-slot.ts';
import { worstTotals } from './worst-case.ts';

export function objectiveValues(problem: V2gProblem, schedule: V2gSchedule): ObjectiveValues {
  const { slotHours, wind } = problem;
  const values: ObjectiveValues = { cost: sum(Object.values(recomputedCost(problem, schedule))) };
  if (problem.gas.length > 0) values.generation = fuelAndNoLoad(problem, schedule, chordCostPerHour);
  const { network, lossShare } = problem;
  if (network && network.model !== 'unconstrained')
    values.loss =
      network.model === 'branch-flow'
        ? slotHours * sum(schedule.network?.lossKw ?? [NaN])
        : acLossKwh(problem, schedule, network);
  else if (lossShare > 0) {
    const generatedKwh = slotHours * sum([...schedule.gas, ...schedule.wind].flatMap(({ outputKw }) => outputKw));
    values.loss = lossShare * (generatedKwh + slotHours * sum(schedule.grid?.importKw ?? []));
  }
  const available = sum(wind.flatMap(({ availableKw }) => availableKw));
  if (available > 0) {
    values.renewables = (100 * sum(schedule.wind.flatMap(({ outputKw }) => outputKw))) / available;
    values.deviation = largestDeviationKw(problem, schedule);
  }
  return values;
}

/** Generation as the quadratic cost itself has it, and by how much its chords may lie above at most: Σ c₂ w²/4 per hour. */
export function quadraticGeneration(
  problem: V2gProblem,
  schedule: V2gSchedule,
): { exact: number; chords: number; mostAbove: number } {
  const exact = ({ costLinearPerKwh, costQuadraticPerKwh2 }: GasUnit, kw: number): number =>
    costLinearPerKwh * kw + costQuadraticPerKwh2 * kw * kw;
  const perHour = sum(
    problem.gas.map((unit) => (unit.costQuadraticPerKwh2 * (unit.maxKw / unit.costSegments) ** 2) / 4),
  );
  return {
    exact: fuelAndNoLoad(problem, schedule, exact),
    chords: fuelAndNoLoad(problem, schedule, chordCostPerHour),
    mostAbove: perHour * problem.slots * problem.slotHours,
  };
}

function fuelAndNoLoad(
  problem: V2gProblem,
  schedule: V2gSchedule,
  perHour: (unit: GasUnit, kw: number) => number,
): number {
  let cost = 0;
  problem.gas.forEach((unit, k) => {
    const { outputKw, on } = schedule.gas[k]!;
    outputKw.forEach((kw, slot) => {
      const isOn = unit.commitment === 'always-on' ? unit.maxKwAt?.[slot] !== 0 : on[slot]! > 0.5;
      cost += (perHour(unit, kw) + (isOn ? unit.noLoadPerHour : 0)) * problem.slotHours;
    });
  });
  return cost;
}

/** Load and EV net less renewables at its worst, either way: the pool takes its share of a shortfall, nobody of a surplus. */
function largestDeviationKw(problem: V2gProblem, schedule: V2gSchedule): number {
  const worstKw = worstTotals(problem);
  const less = problem.uncertainty.components.map(() => -1);
  const inSlot = slotsOf(problem).map((slot) => {
    const cars =
      problem.charging === 'uncoordinated'
        ? sum(problem.uncoordinatedKw.map((demand) => demand[slot]!))
        : sum(schedule.evs.map(({ chargeKw, dischargeKw }) => chargeKw[slot]! - dischargeKw[slot]!));
    const netKw = problem.loadKw[slot]! + cars - sum(schedule.wind.map(({ outputKw }) => outputKw[slot]!));
    const shortKw = worstKw[slot]! * (1 - schedule.evShare[slot]!);
    const surplusKw = Math.max(0, worstInSlot(problem, slot, less).value);
    return Math.max(netKw + shortKw, surplusKw - netKw);
  });
  return Math.max(...inSlot);
}

/** What an AC power flow of the schedule loses over the day; NaN where some slot has none. */
export function acLossKwh(problem: V2gProblem, schedule: V2gSchedule, network: SiteNetwork): number {
  const tree = orderFeeder(network.feeder);
  const lossMw = slotsOf(problem).map((slot) => {
    const demand = demandOf(problem, schedule, network, tree, slot);
    const flow = powerFlow(tree, network.feeder.slackVoltagePu, demand, { tolerancePu: 1e-9, mostSweeps: 200 });
    return flow.converged ? flow.lossMw : NaN;
  });
  return 1000 * problem.slotHours * sum(lossMw);
}

function demandOf(
  problem: V2gProblem,
  schedule: V2gSchedule,
  network: SiteNetwork,
  tree: FeederTree,
  slot: number,
): NetDemand {
  const whole: NetDemand = { pMw: tree.buses.map(() => 0), qMvar: tree.buses.map(() => 0) };
  for (const { demand } of networkParts(problem, schedule, network, tree, slot))
    tree.buses.forEach((_, bus) => {
      whole.pMw[bus]! += demand.pMw[bus]!;
      whole.qMvar[bus]! += demand.qMvar[bus]!;
    });
  return whole;
}

const slotsOf = ({ slots }: V2gProblem): number[] => Array.from({ length: slots }, (_, slot) => slot);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

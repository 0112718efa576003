/** What a network model misses of the AC flow of its own answer, as room kept at the limits when the day is solved again. */
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { NetworkCorrection, SiteNetwork } from '../../models/v2g/site-network.ts';
import { lossScaleKw, voltageTolerancePu } from '../../verify/check-network.ts';
import { checkTolerance } from '../../verify/ledger.ts';
import { neededKw } from '../../verify/loss-at-worst.ts';
import type { NetworkFlow } from '../../verify/network-flow.ts';
import { answerBuses } from '../../verify/worst-deviations.ts';

/** How far the first guess may go beyond what was seen. */
const mostTimes = 16;
/** Corrections are read a little larger than measured, so that the next answer need not be measured again for a hair. */
const generosity = { factor: 1.1, squaredPu: 1e-4, mva: 1e-4, lossFactor: 1.02, lossKw: 0.02 };
/** How far losses may lie beyond what is supplied: half of what the check allows. */
const lossToleranceKw = (checkTolerance * lossScaleKw) / 2;

/**
 * A first guess. What the linear model misses grows with the square of the drop, what deviations add to branch flow with the drop itself; room counts
 * where the voltage stands at its limit, so what the load alone shows is carried there.
 */
export function atTheLimit(
  network: SiteNetwork,
  { tree, slots }: NetworkFlow,
  shown: NetworkCorrection,
): NetworkCorrection {
  const { slackVoltagePu } = network.feeder;
  const power = network.model === 'branch-flow' ? 1 : 2;
  const order = feederTree(network.feeder).buses;
  return {
    ...shown,
    lowSquaredPu: shown.lowSquaredPu.map((row, slot) =>
      row.map((missed, bus) => {
        const at = tree.buses.indexOf(order[bus]!);
        const worst = slots[slot]!.lowest[at]!;
        const full = slackVoltagePu ** 2 - tree.voltageMinPu[at]! ** 2;
        const drop = slackVoltagePu ** 2 - worst.voltagePu ** 2;
        const times = drop > 0 && full > drop ? Math.min(mostTimes, (full / drop) ** power) : 1;
        return missed * times;
      }),
    ),
  };
}

/** With the deviations at which most is lost while all else stands still, which are nearly those of a plan, answered where that saves least. */
export function withFirstLossCases(
  problem: V2gProblem,
  network: SiteNetwork,
  { tree, slots }: NetworkFlow,
  shown: NetworkCorrection,
): NetworkCorrection {
  if (network.model !== 'branch-flow') return shown;
  const wayPu = tree.buses.map(() => 0);
  for (let bus = 1; bus < wayPu.length; bus++) wayPu[bus] = wayPu[tree.parent[bus]!]! + tree.rPu[bus]!;
  return {
    ...shown,
    lossCases: slots.map(({ loss: { deviationKw } }, slot) => {
      if (deviationKw.every((kw) => kw === 0)) return [];
      const nearest = answerBuses(problem, network, tree.buses, slot).sort((a, b) => wayPu[a]! - wayPu[b]!)[0];
      return [{ deviationKw, answer: nearest === undefined ? null : tree.buses[nearest]! }];
    }),
  };
}

export const withCorrection = (
  problem: V2gProblem,
  network: SiteNetwork,
  correction: NetworkCorrection,
): V2gProblem => ({
  ...problem,
  network: { ...network, correction },
});

export function keepsLimits({ tree, slots }: NetworkFlow): boolean {
  return slots.every(
    ({ flow, lowest, highest, heaviestMva, loss }) =>
      flow.converged &&
      neededKw(loss) <= loss.heldKw + lossToleranceKw &&
      lowest.every(
        ({ voltagePu }, bus) =>
          bus === 0 ||
          (Math.min(voltagePu, flow.voltagePu[bus]!) >= tree.voltageMinPu[bus]! - voltageTolerancePu / 2 &&
            Math.max(highest[bus]!.voltagePu, flow.voltagePu[bus]!) <=
              tree.voltageMaxPu[bus]! + voltageTolerancePu / 2),
      ) &&
      tree.limitMva.every(
        (limit, bus) => limit === null || Math.max(heaviestMva[bus]!, flow.sendingMva[bus]!) <= limit,
      ),
  );
}

/**
 * What the model believes less what flows, at the worst deviations of each limit. With branch flow the scheduled part of it is the model's
 * own, so that only what deviations add is missed.
 */
export function missedBy(
  network: SiteNetwork,
  { tree, slots }: NetworkFlow,
  known: NetworkCorrection | null,
  schedule?: V2gSchedule,
): NetworkCorrection {
  const { factor, squaredPu, mva } = generosity;
  const byBranchFlow = network.model === 'branch-flow';
  const own = byBranchFlow ? schedule?.network?.voltagePu : undefined;
  // The flow has an order of buses of its own; corrections stand in the model's.
  const order = feederTree(network.feeder).buses;
  const place = new Map(tree.buses.map((bus, index) => [bus, index]));
  const short = slots.map(({ loss }) => (schedule ? neededKw(loss) - loss.heldKw : 0));
  const isShort = (slot: number): boolean => short[slot]! > lossToleranceKw && Number.isFinite(short[slot]!);
  const at = (
    of: 'lowSquaredPu' | 'highSquaredPu' | 'lineMva',
    measure: (slot: number, bus: number, inModel: number) => number,
  ): number[][] =>
    slots.map((_, slot) =>
      order.map((name, bus) => {
        const missed = bus === 0 ? 0 : measure(slot, place.get(name)!, bus);
        const found = missed > 0 ? factor * missed + (of === 'lineMva' ? mva : squaredPu) : 0;
        return Math.max(known?.[of][slot]?.[bus] ?? 0, Number.isFinite(found) ? found : 0);
      }),
    );
  /** The model's own squared voltage instead of the linear one where it has losses of its own. */
  const ownGap = (slot: number, bus: number, inModel: number): number =>
    byBranchFlow
      ? slots[slot]!.linearPu[bus]! ** 2 - (own?.[slot]![inModel] ?? slots[slot]!.flow.voltagePu[bus]!) ** 2
      : 0;
  return {
    lowSquaredPu: at('lowSquaredPu', (slot, bus, inModel) => {
      const { lowest } = slots[slot]!;
      return lowest[bus]!.linearPu ** 2 - lowest[bus]!.voltagePu ** 2 - ownGap(slot, bus, inModel);
    }),
    highSquaredPu: at('highSquaredPu', (slot, bus, inModel) => {
      const { highest } = slots[slot]!;
      return highest[bus]!.voltagePu ** 2 - highest[bus]!.linearPu ** 2 + ownGap(slot, bus, inModel);
    }),
    lineMva: at('lineMva', (slot, bus, inModel) => {
      const { heaviestMva, flow, missedMva, missedByDeviationsMva } = slots[slot]!;
      const limit = tree.limitMva[bus] ?? Infinity;
      if (limit === Infinity) return 0;
      const worst = Math.max(heaviestMva[bus]!, flow.sendingMva[bus]!);
      const broken = worst > limit ? worst - limit + (known?.lineMva[slot]?.[inModel] ?? 0) : 0;
      return Math.max(broken, (byBranchFlow ? missedByDeviationsMva : missedMva)[bus]!);
    }),
    lossKw: slots.map((_, slot) => {
      const before = known?.lossKw[slot] ?? 0;
      if (byBranchFlow || !isShort(slot)) return before;
      return generosity.lossFactor * (before + short[slot]!) + generosity.lossKw;
    }),
    lossCases: slots.map(({ loss: { deviationKw, bus } }, slot) => {
      const before = known?.lossCases[slot] ?? [];
      if (!byBranchFlow || !isShort(slot)) return before;
      return [...before, { deviationKw, answer: bus === null ? null : tree.buses[bus]! }];
    }),
  };
}

/**
 * Steps of power that a mixture breaks: with one more step its days and its corners of work would no longer count alike. Every such step is a cut
 * that all decisions keep; where a mixture has nothing between steps, or days and corners alike, another step changes nothing.
 */
import { worthOfPieces, type CostCurve } from './cost-curve.ts';
import { directions, workSteps, type Direction, type WorkGroup } from './work-steps.ts';

export interface MixedPlace {
  curve: CostCurve;
  groups: readonly WorkGroup[];
  /** What trucks of a group do there, and the share of the mixture in which they do. */
  trucks: readonly { group: number; netMw: number; share: number }[];
  /** Net power of the trucks of corners [group][truck]. */
  corners: readonly { netMw: readonly (readonly number[])[]; share: number }[];
}

export interface FinerStep {
  group: number;
  direction: Direction;
  /** The new step, between two that are known. */
  mw: number;
  /** What telling days and corners apart there may bring at most, USD. */
  usd: number;
}

/** The step of every group and direction that the mixture breaks most. @param parts of full power where a step may be. */
export function finerSteps({ curve, groups, trucks, corners }: MixedPlace, parts: number): FinerStep[] {
  const worths = worthOfPieces(curve);
  const rangeUsdPerMw = Math.max(...worths) - Math.min(...worths);
  return groups.flatMap(({ truck, steps }, group) => {
    const done = [
      ...trucks.filter((own) => own.group === group),
      ...corners.flatMap(({ netMw, share }) => netMw[group]!.map((mw) => ({ netMw: mw, share: -share }))),
    ];
    return directions.flatMap((direction): FinerStep[] => {
      const sign = direction === 'charge' ? -1 : 1;
      const own = done.flatMap(({ netMw, share }) => (sign * netMw > 0 ? [{ mw: Math.abs(netMw), share }] : []));
      if (own.length === 0) return [];
      let best: FinerStep | null = null;
      for (const mw of workSteps(truck, parts)[direction]) {
        const [below, above] = around(steps[direction], mw);
        if (mw - below < leastMw || above - mw < leastMw) continue;
        const counted = own.reduce((sum, { mw: at, share }) => {
          const part = at <= mw ? (at - below) / (mw - below) : (above - at) / (above - mw);
          return sum + share * Math.max(0, part);
        }, 0);
        const usd = (Math.abs(counted) * rangeUsdPerMw * (mw - below) * (above - mw)) / (above - below);
        if (usd > (best?.usd ?? 0)) best = { group, direction, mw, usd };
      }
      return best === null ? [] : [best];
    });
  });
}

/** Steps nearer than this are one, MW. */
const leastMw = 1e-6;

/** The steps next to a power; nothing is one. */
function around(steps: readonly number[], mw: number): [number, number] {
  const above = steps.findIndex((step) => step >= mw - leastMw);
  return [above === 0 ? 0 : steps[above - 1]!, steps[above]!];
}

/** With more steps. */
export function withSteps(groups: readonly WorkGroup[], added: readonly FinerStep[]): WorkGroup[] {
  return groups.map((own, group) => {
    const of = (direction: Direction): number[] => {
      const more = added.filter((step) => step.group === group && step.direction === direction).map(({ mw }) => mw);
      return [...own.steps[direction], ...more].sort((a, b) => a - b);
    };
    return { ...own, steps: { charge: of('charge'), discharge: of('discharge') } };
  });
}

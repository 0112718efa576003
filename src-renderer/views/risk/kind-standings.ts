/** Which kind of set is cheapest at the wanted chance, as measured: each by the cheapest of its solved sizes that keeps it. */
import type { SweepPayload, SweepPointPayload } from '../../../src-main/contract/risk-curve.ts';
import type { SetKindPayload } from '../../../src-main/contract/uncertainty.ts';
import type { FrontierLine } from '../../charts/FrontierChart.svelte';
import { sameSize, sizeWords } from '../../charts/risk-points.ts';
import { kindNames } from '../../components/kind-names.ts';

export interface KindStanding {
  curve: SweepPayload;
  kind: SetKindPayload;
  /** The cheapest solved size that keeps the target; null where none does. */
  best: SweepPointPayload | null;
  /** At the size that keeps the set's own promise; for a budget the α in force. */
  fitted: SweepPointPayload | null;
  /** What `best` costs beyond the cheapest kind's; null without one. */
  extraCost: number | null;
  /** 'not-binding': the target is kept without protection; 'open': none of the solved sizes keeps it, and others are not solved. */
  state: 'cheapest' | 'dearer' | 'not-binding' | 'not-reached' | 'open' | 'unsolved';
}

export function kindStandings(curves: readonly SweepPayload[], targetChance: number): KindStanding[] {
  const solvedOf = ({ points }: SweepPayload) => points.filter(({ state }) => state === 'solved');
  const bestOf = (curve: SweepPayload): SweepPointPayload | null =>
    solvedOf(curve)
      .filter(({ anyViolation }) => anyViolation.share <= targetChance)
      .toSorted((a, b) => a.totalCost - b.totalCost || a.size - b.size)[0] ?? null;
  const bests = curves.map(bestOf);
  const cheapest = Math.min(...bests.flatMap((best) => best?.totalCost ?? []));
  return curves.map((curve, i): KindStanding => {
    const best = bests[i] ?? null;
    const fitted = solvedOf(curve).find(({ size }) => Math.abs(size - curve.scale.fitted) < 1e-9) ?? null;
    const extraCost = best === null ? null : best.totalCost - cheapest;
    const state =
      solvedOf(curve).length === 0
        ? 'unsolved'
        : best === null
          ? isSolvedWhole(curve)
            ? 'not-reached'
            : 'open'
          : best.size === 0
            ? 'not-binding'
            : extraCost === 0
              ? 'cheapest'
              : 'dearer';
    return { curve, kind: curve.scale.kind, best, fitted, extraCost, state };
  });
}

/** Every size asked for is known: solved, or without any plan. */
const isSolvedWhole = ({ scale, wanted, points }: SweepPayload): boolean =>
  wanted.every((size) =>
    points.some((point) => sameSize(scale, point.size, size) && ['solved', 'infeasible'].includes(point.state)),
  );

export const standingWords: Readonly<Record<KindStanding['state'], string>> = {
  cheapest: 'cheapest',
  dearer: 'dearer',
  'not-binding': 'no protection needed',
  'not-reached': 'not reached',
  open: 'not reached so far',
  unsolved: 'not solved',
};

/** The curves as lines; beyond the first size that was never short, more buys nothing that was measured. */
export function frontierLines(curves: readonly SweepPayload[]): FrontierLine[] {
  return curves.flatMap(({ scale, points }) => {
    const solved = points.filter(({ state }) => state === 'solved');
    const never = solved.findIndex(({ anyViolation }) => anyViolation.hits === 0);
    const shown = never < 0 ? solved : solved.slice(0, never + 1);
    if (shown.length === 0) return [];
    return [
      {
        id: scale.kind,
        name: kindNames[scale.kind],
        points: shown.map(({ size, anyViolation, totalCost }) => ({
          share: anyViolation.share,
          cost: totalCost,
          label: sizeWords(scale.symbol, size),
        })),
      },
    ];
  });
}

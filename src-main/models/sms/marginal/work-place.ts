/** A place whose revenue is told apart by work: its pieces of marginal revenue, as far as the branch leaves them. */
import { costAt, revenuePieces, type CostCurve, type RevenuePiece } from './cost-curve.ts';

export interface WorkPlace {
  pieces: readonly RevenuePiece[];
  /** f(0) */
  idleUsd: number;
  /** Net power is known to be within; ends are kinks. */
  range: { fromMw: number; toMw: number };
}

export const isAllowed = ({ range }: WorkPlace, { fromMw, toMw }: RevenuePiece): boolean =>
  fromMw >= range.fromMw - 1e-9 && toMw <= range.toMw + 1e-9;

const knownPieces = new WeakMap<CostCurve, { pieces: RevenuePiece[]; idleUsd: number }>();

/** A search asks for the same places with every mixture. */
export function workPlace(curve: CostCurve, range: WorkPlace['range']): WorkPlace {
  const known = knownPieces.get(curve) ?? { pieces: revenuePieces(curve), idleUsd: costAt(curve, 0) };
  knownPieces.set(curve, known);
  return { ...known, range };
}

export const isPieceWithin = (curve: CostCurve, piece: number, range: WorkPlace['range']): boolean => {
  const place = workPlace(curve, range);
  return isAllowed(place, place.pieces[piece]!);
};

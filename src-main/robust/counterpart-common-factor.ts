/**
 * Counterpart for deviations that two parties share: a share θ_t ∈ [0, 1] of the deviation of slot t goes to one, 1 − θ_t to the other.
 *
 *   kept by the first:        r_t(x) ≥ max_{ξ_t ∈ U_t} (1 − θ_t) Σ_j ξ_{j,t}
 *   taken at once:            s_t(x) ≥ max_{ξ_t ∈ U_t} θ_t Σ_j ξ_{j,t}
 *   taken up to slot t:       v_t(x) ≥ max_{ξ ∈ U_1 × … × U_T} Δ Σ_{τ ≤ t} θ_τ Σ_j ξ_{j,τ}
 *
 * Every component of a slot has the same coefficient, and it is not negative, so the support function is that coefficient times
 * the number β_t = max_{ξ_t ∈ U_t} Σ_j ξ_{j,t}; and the maximum over a product of slot sets is the sum of the slots' maxima. With
 * the absorbed deviation φ_t = θ_t β_t as the column:
 *
 *   r_t(x) ≥ β_t − φ_t,     s_t(x) ≥ φ_t,     v_t(x) ≥ Φ_t,     Φ_t = Φ_{t−1} + Δ φ_t,     0 ≤ φ_t ≤ β_t  (θ fixed: φ_t = θ β_t)
 *
 * Exact, with 2 columns and 1 row per slot and no dual variables. The protection α enters through β_t alone, that is through bounds
 * and right-hand sides: the matrix is the same for every α, and a basis stays dual feasible along a sweep of α.
 *
 * Where the slots of a day are not independent (`coupled`), β_t is still exact for what is kept and taken at once, and what is taken up to a slot
 * is the day set's own counterpart with the coefficients φ_τ/β_τ, one for each slot in which it is asked for (sets/set-counterpart.ts):
 *
 *   Φ_t ≥ max_{ζ ∈ U} Σ_{τ ≤ t} Δ (φ_τ / β_τ) ζ_τ                                  at most the sum above, often far less
 *
 * Source: affine recourse of Ben-Tal, El Ghaoui, Nemirovski (2009), chapter 14, for the support function of Bertsimas and Sim (2004).
 * Symbol → identifier: β → `worstCase`, φ → `absorbed`, Φ → `accumulated`, Δ → `slotHours`, θ → `share`.
 */
import type { UncertaintySet, WassersteinExactSet } from '../uncertainty/day-set.ts';
import type { Column, ProgramBuilder, Term } from '../program/program.ts';
import type { AffineExpression } from '../program/affine.ts';
import { addWassersteinExactCounterpart } from './sets/counterpart-wasserstein-exact.ts';
import { setWorstCase } from './sets/set-adversary.ts';
import type { GivenUp } from './drcc/exact-wasserstein.ts';
import type { UncertainRow } from './uncertain-row.ts';
import { addSetCounterpart } from './sets/set-counterpart.ts';

/** A share of the level, at least that of one kWh; a solver keeps a row to less. */
const brokenBy = 1e-6;

export interface SharedDeviationSpec {
  /** β_t per slot, from the support function of the slot's set. */
  worstCase: readonly number[];
  /** The set of totals ζ ∈ ℝᵀ, where slots depend on each other; `worstCase` are then its worst slots. */
  coupled?: UncertaintySet | undefined;
  /** Slots in which the second party is there at all; elsewhere θ_t = 0 and there is no column. */
  shareable: readonly boolean[];
  /** θ: a decision, or one number in [0, 1] for every shareable slot. */
  share: 'optimal' | number;
  slotHours: number;
  /** Where rows of a chance constraint need binaries: how the row of a slot gives up days; slots not named have none yet (`broken`). All give up whole days when left out. */
  chances?: ReadonlyMap<number, GivenUp> | undefined;
  absorbedName: (slot: number) => string;
  accumulatedName: (slot: number) => string;
}

export interface SharedDeviation {
  /** φ_t; null where the slot is not shareable. */
  absorbed: (Column | null)[];
  /** Φ_t; null before the first shareable slot. */
  accumulated: (Column | null)[];
  /** β_t − φ_t: what the first party must cover. */
  kept: AffineExpression[];
  /**
   * Slots in which Φ_t cannot be what the chance constraint asks for: rows that are left out, or stated in parts and must be whole.
   *
   * @param mostOf how large the column could be, all others as they are.
   */
  broken: (valueOf: (column: Column) => number, mostOf: (column: Column) => number) => number[];
}

export function addSharedDeviation(program: ProgramBuilder, spec: SharedDeviationSpec): SharedDeviation {
  const absorbed: (Column | null)[] = [];
  const accumulated: (Column | null)[] = [];
  const kept: AffineExpression[] = [];
  let before: Column | null = null;
  for (const [slot, worst] of spec.worstCase.entries()) {
    if (!spec.shareable[slot]) {
      absorbed.push(null);
      accumulated.push(before);
      kept.push({ terms: [], constant: worst });
      continue;
    }
    const fixed = spec.share === 'optimal' ? null : spec.share * worst;
    const taken = program.addColumn({ name: spec.absorbedName(slot), lower: fixed ?? 0, upper: fixed ?? worst });
    const total: Column = program.addColumn({ name: spec.accumulatedName(slot), lower: 0, upper: Infinity });
    absorbed.push(taken);
    kept.push({ terms: [[taken, -1]], constant: worst });
    if (spec.coupled) addCoupled(program, spec, spec.coupled, absorbed, total);
    else addSum(program, spec, slot, taken, total, before);
    accumulated.push(total);
    before = total;
  }
  const broken: SharedDeviation['broken'] = (valueOf, mostOf) => {
    const set = spec.coupled;
    if (set?.kind !== 'wasserstein-exact') return [];
    return [...absorbed.keys()].filter((slot) => {
      if (absorbed[slot] === null) return false;
      const shares = takenShares(spec, absorbed.slice(0, slot + 1)).map(({ terms }) =>
        terms.reduce((sum, [column, value]) => sum + value * valueOf(column), 0),
      );
      const level = setWorstCase(set, shares);
      return level > mostOf(accumulated[slot]!) + brokenBy * Math.max(1, Math.abs(level));
    });
  };
  return { absorbed, accumulated, kept, broken };
}

function addSum(
  program: ProgramBuilder,
  { slotHours, accumulatedName }: SharedDeviationSpec,
  slot: number,
  taken: Column,
  total: Column,
  before: Column | null,
): void {
  const terms: Term[] = [
    [total, 1],
    [taken, -slotHours],
  ];
  if (before !== null) terms.push([before, -1]);
  program.addRow({ name: accumulatedName(slot), lower: 0, upper: 0, terms });
}

/** `absorbed` up to and with the slot at hand. */
function addCoupled(
  program: ProgramBuilder,
  spec: SharedDeviationSpec,
  set: UncertaintySet,
  absorbed: readonly (Column | null)[],
  total: Column,
): void {
  const slot = absorbed.length - 1;
  const row = {
    name: spec.accumulatedName(slot),
    terms: [[total, -1] as const],
    uncertain: takenShares(spec, absorbed),
    upper: 0,
  };
  if (set.kind === 'wasserstein-exact')
    addChance(program, row, set, spec.chances === undefined ? 'whole' : spec.chances.get(slot));
  else addSetCounterpart(program, row, set, 'nonnegative');
}

function addChance(
  program: ProgramBuilder,
  row: UncertainRow,
  set: WassersteinExactSet,
  givenUp: GivenUp | undefined,
): void {
  if (givenUp !== undefined) addWassersteinExactCounterpart(program, row, set, givenUp);
}

/** Δ φ_τ / β_τ of every slot. */
const takenShares = (
  { worstCase, slotHours }: SharedDeviationSpec,
  absorbed: readonly (Column | null)[],
): AffineExpression[] =>
  worstCase.map((worst, slot) => {
    const taken = absorbed[slot] ?? null;
    return { terms: taken === null || worst <= 0 ? [] : [[taken, slotHours / worst]], constant: 0 };
  });

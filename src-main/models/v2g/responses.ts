/**
 * Every gas unit and storage unit takes a share of its own of each deviation: affine recourse by resource, decided before and needing to know
 * nothing of later slots. φ_{r,t} is what resource r adds when slot t is at its worst β_t; at ξ_t = β_t u_t, u_t ∈ [0, 1], it adds φ_{r,t} u_t.
 *
 *   shares, slot t:     φ^pool_t + (1 − loss) Σ_gas φ + Σ_storage φ ≤ β_t                   what is left is committed beforehand
 *   gas unit:           s_m + φ_m ≤ width_m on_t,   φ = Σ_m φ_m,   g + φ ≤ max_t
 *                       g_t + φ_t − g_{t−1} ≤ R on_{t−1} + S start_t,   g_{t−1} + φ_{t−1} − g_t ≤ R on_t + S stop_t
 *   storage, power:     d − c + φ ≤ discharge_t
 *   storage, energy:    e_t − v_t ≥ min_t,  e_T − v_T ≥ final,   v_t ≥ max_{u ∈ Z} Σ_{τ ≤ t} (Δ/η_d) φ_τ u_τ        (robust/running-worst.ts)
 *   cost:               ρ ≥ max_{u ∈ Z} Σ_t Δ (Σ_gas Σ_m slope_m φ_m + Σ_storage wear φ) u_t                          in the objective
 *
 * Z = { 0 ≤ u ≤ 1, Σ u ≤ Γ }, Γ the slots that deviate at once; the ramps' worst is one neighbour deviating and the other not, which Z holds from
 * Γ = 1 on. A response only ever adds: less demand than expected is a surplus, as before. With φ = 0 these are the rows of the common share,
 * so in cost full recourse ≤ by resource ≤ common ≤ static. A kWh given by charging less counts 1/η_d, on the safe side.
 *
 * Source: Ben-Tal, El Ghaoui and Nemirovski (2009), chapter 14. Symbols: φ → `response`, v → `givenKwh`, ρ → `cost of responses`.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, Term } from '../../program/program.ts';
import { addOneSidedCounterpart } from '../../robust/counterpart-one-sided.ts';
import type { SharedDeviation } from '../../robust/counterpart-common-factor.ts';
import { addRunningWorst } from '../../robust/running-worst.ts';
import { perSlot, type Stage, type ValueOf } from './device.ts';
import type { GasColumns } from './gas.ts';
import { addGasResponse } from './gas-response.ts';
import { responseName, storageName } from './names.ts';
import type { V2gProblem } from './problem.ts';
import type { StorageDevice } from './storage.ts';
import { slotsAtOnce } from './slots-at-once.ts';
import { valueAt } from './slot-values.ts';

/** Columns φ [unit][slot]; null where the unit cannot respond. */
export interface Responses {
  gas: (Column | null)[][];
  storage: (Column | null)[][];
  /** v [storage][slot]: energy given at worst so far. */
  givenKwh: AffineExpression[][];
  /** What the responses bring to the load [slot]. */
  supply: Term[][];
  /** ρ; null where nobody responds. */
  cost: Column | null;
}

export const noResponses = (problem: V2gProblem): Responses => ({
  gas: problem.gas.map(() => perSlot(problem, () => null)),
  storage: problem.storage.map(() => perSlot(problem, () => null)),
  givenKwh: problem.storage.map(() => perSlot(problem, () => ({ terms: [], constant: 0 }))),
  supply: perSlot(problem, () => []),
  cost: null,
});

export function addResponses(stage: Stage, gas: readonly GasColumns[], storage: StorageDevice): Responses {
  const { program, problem } = stage;
  const atOnce = slotsAtOnce(problem);
  if (problem.responders !== 'each-resource' || atOnce === null) return noResponses(problem);
  const costs = perSlot(problem, (): Term[] => []);
  const ofGas = problem.gas.map((unit, k) => addGasResponse(stage, unit, gas[k]!, costs));
  const ofStorage = problem.storage.map((_, k) => addStorageResponse(stage, storage, k, atOnce, costs));
  const cost = program.addColumn({ name: responseName('cost of responses'), lower: 0, upper: Infinity, cost: 1 });
  addOneSidedCounterpart(
    program,
    {
      name: responseName('cost of responses'),
      terms: [[cost, -1]],
      uncertain: costs.map((terms) => ({ terms, constant: 0 })),
      upper: 0,
    },
    { most: costs.map(() => 1), atOnce },
  );
  const atLoad = (columns: (Column | null)[][], share: number, slot: number): Term[] =>
    columns.flatMap((own): Term[] => (own[slot] === null ? [] : [[own[slot]!, share]]));
  return {
    gas: ofGas,
    storage: ofStorage.map(({ response }) => response),
    givenKwh: ofStorage.map(({ givenKwh }) => givenKwh),
    supply: perSlot(problem, (slot) => [
      ...atLoad(ofGas, 1 - problem.lossShare, slot),
      ...atLoad(
        ofStorage.map(({ response }) => response),
        1,
        slot,
      ),
    ]),
    cost,
  };
}

function addStorageResponse(
  { program, problem }: Stage,
  { columns }: StorageDevice,
  index: number,
  atOnce: number,
  costs: Term[][],
): { response: (Column | null)[]; givenKwh: AffineExpression[] } {
  const { slotHours } = problem;
  const unit = problem.storage[index]!;
  const own = columns[index]!;
  const response = perSlot(problem, (slot): Column | null => {
    if ((unit.pinnedKw?.[slot] ?? null) !== null) return null;
    const name = storageName(unit.id, 'response', slot);
    const added = program.addColumn({ name, lower: 0, upper: Infinity });
    program.addRow({
      name: storageName(unit.id, 'power with its response', slot),
      lower: -Infinity,
      upper: valueAt(unit.dischargeKwAt, slot, unit.dischargeKw),
      terms: [
        [own.discharge[slot]!, 1],
        [own.charge[slot]!, -1],
        [added, 1],
      ],
    });
    if (unit.degradationPerKwh !== 0) costs[slot]!.push([added, unit.degradationPerKwh * slotHours]);
    return added;
  });
  const givenKwh = addRunningWorst(program, {
    losses: response.map((column) =>
      column === null ? null : { terms: [[column, slotHours / unit.dischargeEfficiency]], constant: 0 },
    ),
    atOnce,
    name: (slot) => storageName(unit.id, 'energy given at worst', slot),
  });
  const keep = (slot: number, leastKwh: number, what: string, at?: number): void => {
    program.addRow({
      name: storageName(unit.id, what, at),
      lower: leastKwh,
      upper: Infinity,
      terms: [[own.energy[slot]!, 1], ...givenKwh[slot]!.terms.map(([column, value]): Term => [column, -value])],
    });
  };
  for (let slot = 0; slot < problem.slots; slot++)
    keep(slot, valueAt(unit.minKwhAt, slot, unit.minKwh), 'energy with its responses', slot);
  keep(problem.slots - 1, unit.finalMinKwh, 'energy needed at the end, with its responses');
  return { response, givenKwh };
}

/** Nobody can add more than the deviation there is: what is left over of β_t is committed, and that is never negative. */
export function limitShares(
  { program, problem }: Stage,
  responses: Responses,
  deviation: SharedDeviation,
  worst: readonly number[],
): void {
  if (responses.cost === null) return;
  for (let slot = 0; slot < problem.slots; slot++) {
    const absorbed = deviation.absorbed[slot] ?? null;
    program.addRow({
      name: responseName('shares', slot),
      lower: -Infinity,
      upper: worst[slot]!,
      terms: [...responses.supply[slot]!, ...(absorbed === null ? [] : [[absorbed, 1] as const])],
    });
  }
}

/**
 * What the responses cost at worst, and what of it the solver booked as generation. Where the dearest day has a slot whole it is all one to the
 * program which cost segments are the plan's and which the response's; told are the plan's in order and the response's above them.
 */
export function readResponseCost(
  { slotHours }: V2gProblem,
  gas: readonly GasColumns[],
  { cost }: Responses,
  valueOf: ValueOf,
): { response?: number; bookedAsGeneration: number } {
  if (cost === null) return { bookedAsGeneration: 0 };
  let booked = 0;
  for (const { output, segments } of gas)
    segments.forEach((parts, slot) => {
      let leftKw = valueOf(output[slot]!);
      for (const { column, widthKw, slopePerKwh } of parts) {
        const inOrderKw = Math.min(leftKw, widthKw);
        leftKw -= inOrderKw;
        booked += (valueOf(column) - inOrderKw) * slopePerKwh * slotHours;
      }
    });
  return { response: valueOf(cost) + booked, bookedAsGeneration: booked };
}

/** θ [unit][slot] at the load; absent where nobody responds. */
export function readShares(
  problem: V2gProblem,
  { gas, storage, cost }: Responses,
  worst: readonly number[],
  valueOf: ValueOf,
): { gas: number[][]; storage: number[][] } | null {
  if (cost === null) return null;
  const shares = (columns: (Column | null)[][], atLoad: number): number[][] =>
    columns.map((own) =>
      own.map((column, slot) =>
        column === null || !(worst[slot]! > 0) ? 0 : (atLoad * valueOf(column)) / worst[slot]!,
      ),
    );
  return { gas: shares(gas, 1 - problem.lossShare), storage: shares(storage, 1) };
}

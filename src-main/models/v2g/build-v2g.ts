/**
 * States a day-ahead scheduling problem as a (mixed-integer) linear program and reads the answer back.
 *
 *   minimise   generation + no-load + start-up + shut-down + wind maintenance + storage wear + purchase − sale + EV discharge
 *              + unmet energy + throughput tie-break
 *   power balance, slot t:
 *     (1 − loss) (Σ g + Σ w + purchase) + Σ storage (d − c) + Σ trucks (d − c) + Σ EV (d − c) − sale = D_t + β_t − φ_t
 *
 * with β_t the worst deviation of slot t at the problem's protection and φ_t = θ_t β_t the part the EV pool absorbs; where every resource takes a
 * share of its own, theirs are taken off besides (responses.ts). Products offered beside energy take power and energy, and earn (services/). Rows of each device
 * family are in its own file. Protection and recourse enter through bounds alone: programs of one problem at different protections
 * have one shape and one matrix, so a sweep is warm-started (`differences` in program/patch.ts). Mathematics: docs/method/v2g.md.
 */
import { evaluate, type AffineExpression } from '../../program/affine.ts';
import { mostInRows } from '../../program/most-in-rows.ts';
import { ProgramBuilder, type LinearProgram, type Row, type Term } from '../../program/program.ts';
import { budgetWorstCase } from '../../robust/budget-set.ts';
import { addSharedDeviation, type SharedDeviation } from '../../robust/counterpart-common-factor.ts';
import type { GivenUp } from '../../robust/drcc/exact-wasserstein.ts';
import { addChargingLimits } from './charging-limit.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { totalSet } from '../../uncertainty/total-set.ts';
import { addEvLosses, addStorageLosses, addUndelivered } from './coefficients.ts';
import { deviceTerms } from './device-terms.ts';
import { perSlot, type Device, type ExclusivePair, type Stage, type ValueOf } from './device.ts';
import { addEvs } from './ev.ts';
import { pairKey } from './exclusive.ts';
import { addGas, type GasDevice } from './gas.ts';
import { addGrid, type GridDevice } from './grid.ts';
import { flatLoss, type SlotLoss } from './losses.ts';
import { balanceName, poolName } from './names.ts';
import { addMesh } from './mesh-network.ts';
import { addNetwork } from './network.ts';
import { addObjectives } from './objective-rows.ts';
import type { ObjectiveValues } from './objectives.ts';
import { addOffPlan, expectsOffPlan } from './off-plan.ts';
import { addPool } from './pool.ts';
import { isKeptByCar, isKeptByCarInDays } from './kept-by-car.ts';
import { addPoolByCar, type PoolByCar } from './pool-by-car.ts';
import { addPoolInDays } from './pool-in-days.ts';
import type { V2gProblem } from './problem.ts';
import { requireValid } from './require-valid.ts';
import { addReserve } from './reserve.ts';
import { addResponses, limitShares, readResponseCost, readShares } from './responses.ts';
import type { CostItems, V2gSchedule } from './schedule.ts';
import type { MeshPrices } from './site-mesh.ts';
import { addServices } from './services/add-services.ts';
import { addHeldBatteries, poolPromises } from './services/held-devices.ts';
import { addServicesOnFeeder } from './services/on-feeder.ts';
import { mayShareStandby } from './standby.ts';
import { addStays } from './stays.ts';
import { addStorage } from './storage.ts';
import { addTrucks } from './trucks.ts';
import { uncoordinatedEvs } from './uncoordinated-evs.ts';
import { addWind, type WindDevice } from './wind.ts';

export interface BuildOptions {
  /** Pairs of opposite flows that get a binary (see exclusive.ts). */
  exclusive?: readonly ExclusivePair[];
  /** EVs, by index, that have rows of their own for what stands by in them; the others share it (standby.ts). Absent: every EV has. */
  ownRows?: ReadonlySet<number>;
  /** How the chance constraint on the pool's energy up to a slot gives up days; slots not named have none yet (robust/counterpart-common-factor.ts). Absent: all give up whole days, by binaries. */
  chances?: ReadonlyMap<number, GivenUp>;
}

export interface BuiltV2g {
  program: LinearProgram;
  /** The answer as plain data. Values are clipped to their column's bounds, which removes the solver's rounding noise. */
  read: (solution: { columns: Float64Array; objective: number }) => V2gSchedule;
  /** Slots whose chance constraint does not hold by a solution, where it was left out or stated in parts. */
  brokenChances: (columns: Float64Array) => number[];
  /** Prices of places by the duals of the program, its integers fixed; null where no meshed network is part of it. */
  prices: ((rowDuals: Float64Array) => MeshPrices) | null;
}

/** @throws Refusal `case-bad` when the problem contradicts itself (lengths, signs, ranges). */
export function buildV2g(problem: V2gProblem, options: BuildOptions = {}): BuiltV2g {
  requireValid(problem);
  const builder = new ProgramBuilder(problem.name);
  const exclusive = new Set((options.exclusive ?? []).map(pairKey));
  const { ownRows } = options;
  const twoWay = new Set((options.exclusive ?? []).flatMap(({ kind, index }) => (kind === 'ev' ? [index] : [])));
  const mayShare = ownRows !== undefined && mayShareStandby(problem);
  const stage: Stage = {
    program: builder,
    problem,
    isExclusive: (pair) => exclusive.has(pairKey(pair)),
    // What must not be planned both ways has to be a column.
    sharesStandby: (ev) => mayShare && !ownRows.has(ev) && !twoWay.has(ev),
  };

  const gas = addGas(stage);
  const wind = addWind(stage);
  const storage = addStorage(stage);
  const trucks = addTrucks(stage);
  const stays = addStays(stage);
  const grid = addGrid(stage);
  const evs = problem.charging === 'coordinated' ? addEvs(stage) : uncoordinatedEvs(stage);
  addChargingLimits(stage, evs.columns);
  const worstCase = worstDeviation(problem);
  const inDays = isKeptByCarInDays(problem) && !expectsOffPlan(problem);
  const { set } = problem.uncertainty;
  const deviation = addSharedDeviation(builder, {
    worstCase,
    // Where cars answer each for itself the pool has no account of energy.
    coupled: inDays ? undefined : set && totalSet(set, problem.slots),
    // Cars that may be off plan are not counted on to answer deviations as well.
    shareable: perSlot(
      problem,
      (slot) => !expectsOffPlan(problem) && evs.columns.some((own) => own.from <= slot && slot < own.until),
    ),
    share: problem.recourse,
    chances: options.chances,
    slotHours: problem.slotHours,
    absorbedName: (slot) => poolName('deviation absorbed', slot),
    accumulatedName: (slot) => poolName('energy set aside', slot),
  });
  const batteries = addHeldBatteries(stage, evs.columns);
  let pool: PoolByCar = { read: () => null, cars: [] };
  if (isKeptByCar(problem) && !expectsOffPlan(problem)) pool = addPoolByCar(stage, evs, deviation);
  else if (inDays) pool = addPoolInDays(stage, evs.columns, deviation, worstCase);
  else addPool(stage, evs.columns, deviation, poolPromises(stage, evs.columns, batteries.evs));
  const responses = addResponses(stage, gas.columns, storage);
  limitShares(stage, responses, deviation, worstCase);
  const givenKwh = addStorageLosses(stage, storage.columns, responses.givenKwh);
  addEvLosses(stage, evs.columns);
  const undelivered = addUndelivered(stage, gas.columns, wind.columns);
  const terms = deviceTerms(problem, { gas, wind, storage, evs, trucks, stays });
  const network = addNetwork(stage, terms, {
    worstKw: worstCase,
    committed: deviation.kept.map((kept, slot) => less(kept, responses.supply[slot]!)),
  });
  const mesh = addMesh(stage, terms);
  const services = addServices(stage, batteries, {
    gas: gas.columns,
    storage: storage.columns,
    evs: evs.columns,
    worstEvs: pool.cars,
    responses: { ...responses, givenKwh },
    flows: grid.flows,
    given: perSlot(problem, (slot) => [...storage.supply[slot]!, ...evs.supply[slot]!]),
    reactive: (kind, index, slot) => network?.reactive(kind, index, slot) ?? [],
  });
  if (network?.feeder && problem.services) addServicesOnFeeder(stage, network.feeder, services.held, evs.columns);
  addReserve(stage, gas.columns, storage.columns, { ...responses, givenKwh }, trucks.stands.flat(), services.held);
  const devices = [gas, wind, storage, trucks, stays, grid, evs, ...(network ? [network] : [])];
  const offPlan = addOffPlan(stage, evs.columns);
  const setAside = [offPlan.setAside, undelivered.setAside].map((of) =>
    of.map((terms) => terms.map(([column, value]): Term => [column, -value])),
  );
  const balance = addBalance(stage, devices, deviation, {
    terms: [responses.supply, ...setAside],
    fixedKw: network?.lossRoomKw ?? perSlot(problem, () => 0),
  });
  const objectives = addObjectives(stage, {
    gas: gas.columns,
    wind: wind.columns,
    evs: evs.columns,
    standby: evs.standby,
    deviation,
    offPlanCost: offPlan.cost,
    losses: network?.losses ?? flatLosses(problem, { gas, wind, grid }),
  });
  const price = builder.objective();

  const program = objectives.aimed(builder.compile());
  const isPlain = !problem.objectives && !problem.goal;
  return {
    program,
    brokenChances: (columns) => deviation.broken((column) => columns[column]!, mostInRows(program, columns)),
    prices: mesh && ((rowDuals) => mesh.prices(rowDuals, balance)),
    read: (solution) => {
      const valueOf: ValueOf = (column) =>
        Math.max(program.columnLower[column]!, Math.min(program.columnUpper[column]!, solution.columns[column]!));
      const parts = {
        gas: gas.read(valueOf),
        wind: wind.read(valueOf),
        storage: storage.read(valueOf),
        trucks: trucks.read(valueOf),
        stays: stays.read(valueOf),
        grid: grid.read(valueOf),
        evs: evs.read(valueOf),
      };
      const responseShare = readShares(problem, responses, worstCase, valueOf);
      const standby = pool.read(valueOf);
      const offers = services.read(valueOf);
      const cost: CostItems = { ...noCost, ...Object.assign({}, ...Object.values(parts).map((part) => part.cost)) };
      const { bookedAsGeneration, ...ofResponses } = readResponseCost(problem, gas.columns, responses, valueOf);
      Object.assign(cost, { generation: cost.generation - bookedAsGeneration }, ofResponses);
      const away = offPlan.read(valueOf);
      if (away !== null) cost.offPlan = away.cost;
      if (offers !== null) Object.assign(cost, offers.cost);
      const undeliveredKw = undelivered.read(valueOf);
      return {
        slots: problem.slots,
        slotHours: problem.slotHours,
        protection: problem.uncertainty.protection,
        worstDeviationKw: worstCase,
        evShare: deviation.absorbed.map((column, slot) => {
          if (column === null) return 0;
          if (problem.recourse !== 'optimal') return problem.recourse;
          return worstCase[slot]! > 0 ? valueOf(column) / worstCase[slot]! : 0;
        }),
        ...(responseShare === null ? {} : { responseShare }),
        ...(away === null ? {} : { offPlan: { setAsideKw: away.offPlanKw, unmetKwh: away.unmetKwh } }),
        ...(undeliveredKw === null ? {} : { undeliveredKw }),
        gas: parts.gas.answer,
        wind: parts.wind.answer,
        storage: parts.storage.answer,
        ...parts.trucks.answer,
        ...parts.stays.answer,
        grid: parts.grid.answer,
        evs: parts.evs.answer.map((ev, i) => (standby?.[i] ? { ...ev, standbyKw: standby[i] } : ev)),
        ...(network ? { network: network.read(valueOf) } : {}),
        ...(isPlain ? {} : { objectives: { values: valuesOf(cost, objectives.values(valueOf)), steps: [] } }),
        ...(offers === null ? {} : { services: offers.answer }),
        cost,
        totalCost: Object.values(cost).reduce((sum, item) => sum + item, 0),
        objective: problem.goal ? evaluate(price, solution.columns) : solution.objective,
      };
    },
  };
}

/** Generation is told as it is booked in the cost. */
function valuesOf(cost: CostItems, values: ObjectiveValues): ObjectiveValues {
  const total = Object.values(cost).reduce((sum, item) => sum + item, 0);
  const { generation: stated, ...others } = values;
  return { cost: total, ...(stated === undefined ? {} : { generation: cost.generation + cost.noLoad }), ...others };
}

function flatLosses(
  problem: V2gProblem,
  { gas, wind, grid }: { gas: GasDevice; wind: WindDevice; grid: GridDevice },
): SlotLoss[] {
  return perSlot(problem, (slot) =>
    flatLoss(
      [
        ...gas.columns.map(({ output }) => output[slot]!),
        ...wind.columns.map((own) => own[slot]!),
        ...(grid.bought.length > 0 ? [grid.bought[slot]!] : []),
      ],
      problem.lossShare,
    ),
  );
}

const less = ({ terms, constant }: AffineExpression, taken: readonly Term[]): AffineExpression => ({
  terms: [...terms, ...taken.map(([column, value]): Term => [column, -value])],
  constant,
});

const noCost: CostItems = {
  generation: 0,
  noLoad: 0,
  startUp: 0,
  shutDown: 0,
  windMaintenance: 0,
  storageWear: 0,
  gridPurchase: 0,
  gridSale: 0,
  evDischarge: 0,
  unmetEnergy: 0,
};

/** β_t [slot]; without coordination all of it falls on supply. */
export function worstDeviation(problem: V2gProblem): number[] {
  const { components, protection, set } = problem.uncertainty;
  if (set) return worstTotals(totalSet(set, problem.slots), problem.slots);
  return perSlot(problem, (slot) =>
    budgetWorstCase(
      components.map((component) => component.halfWidthKw[slot]!),
      protection,
    ),
  );
}

/** A set that knows less demand only still counts as no deviation: what is expected may always happen. */
function worstTotals(total: UncertaintySet, slots: number): number[] {
  const one = new Array<number>(slots).fill(0);
  return one.map((_, slot) => Math.max(0, setWorstCase(total, one.with(slot, 1))));
}

function addBalance(
  { program, problem }: Stage,
  devices: readonly Pick<Device<unknown>, 'supply'>[],
  deviation: SharedDeviation,
  others: { terms: readonly Term[][][]; fixedKw: readonly number[] },
): Row[] {
  return perSlot(problem, (slot) => {
    const fixedKw =
      problem.charging === 'coordinated' ? 0 : problem.uncoordinatedKw.reduce((sum, demand) => sum + demand[slot]!, 0);
    const kept = deviation.kept[slot]!;
    const demandKw = problem.loadKw[slot]! + fixedKw + kept.constant + others.fixedKw[slot]!;
    return program.addRow({
      name: balanceName(slot),
      lower: demandKw,
      upper: demandKw,
      terms: [
        ...devices.flatMap((device) => device.supply[slot]!),
        ...kept.terms.map(([column, value]): Term => [column, -value]),
        ...others.terms.flatMap((terms) => terms[slot]!),
      ],
    });
  });
}

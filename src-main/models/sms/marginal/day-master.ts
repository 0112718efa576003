/**
 * The most an owner can earn, over mixtures of known truck days (Dantzig and Wolfe 1960); proof of the bound: docs/method/sms.md.
 *
 *   maximise  r − Σ θ_j (way + wear of day j)
 *   Σ_{j of class c} θ_j = m_c;   n_{g,t} = Σ θ_j x_{j,g,t} per group of trucks;   R(n) by revenue-hull.ts;   Σ θ_j at station i in slot t ≤ places
 *   r ≤ Σ R + forced rent;   r ≤ Σ Δ p̄_{g,t} Σ θ_j |x_j|          rents of all places together
 *   r + Σ fee u ≤ Σ f(0) − Σ f(n),  Σ θ_j |x_j| ≤ P̄ u             where the users may rent nothing
 *
 *   Σ_{j of class c} θ_j (first energy + way of j) ≤ m_c first energy of the truck         where trucks drive on their batteries
 *
 * With z its optimum over the known days and v_c the best day of class c at its duals, no owner earns more than z + Σ m_c max(0, v_c − σ_c).
 */
import { ProgramBuilder, type Column, type LinearProgram, type Row, type Term } from '../../../program/program.ts';
import { drivesOnBattery, tripMwh } from '../driving.ts';
import { mayIdle, highestPrice } from '../prices.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import { worthOfPieces, type CostCurve } from './cost-curve.ts';
import { placesAt, reachesMw } from './curve-program.ts';
import { powerGroups } from './power-groups.ts';
import type { StayPrice, TruckDay } from './priced-day.ts';
import { addRevenueHull } from './revenue-hull.ts';
import type { TruckClass } from './truck-classes.ts';

/** What a branch of the search has decided. */
export interface BranchRow {
  kind: 'trucks' | 'net';
  /** Of one class, or of all. */
  class: number | null;
  grid: number;
  slot: number;
  lower: number;
  upper: number;
}

export interface ClassDay extends TruckDay {
  class: number;
  /** Names its column, in this mixture and in others. */
  id: number;
}

export interface DayMaster {
  program: LinearProgram;
  read: (columns: Float64Array) => MasterPoint;
  price: (rowDuals: Float64Array) => MasterPrices;
}

export interface MasterPoint {
  profitUsd: number;
  /** Share of each day [day]. */
  shares: number[];
  /** Marginal revenue the mixture counts on [grid][slot], USD. */
  revenueUsd: number[][];
  /** What is missing for the rows to hold: the branch is empty when it stays. */
  missing: number;
}

export interface MasterPrices {
  /** σ_c: what a truck of the class must bring, USD. */
  truckUsd: number[];
  /** What a MWh at the start or for driving costs a truck of the class, USD. */
  chargeUsdPerMwh: number[];
  stay: (ofClass: number, terminal: number, slot: number) => StayPrice;
}

/** USD per truck or MW that is missing. */
const missingUsd = 1e5;

export type RevenueDetail = 'by-kind' | 'by-trucks' | 'by-power';

export interface DayMasterInput {
  problem: SmsProblem;
  curves: CostCurve[][];
  classes: readonly TruckClass[];
  days: readonly ClassDay[];
  branch: readonly BranchRow[];
  /** Revenue by the trucks of either kind present (revenue-hull.ts), by their number, or by their power alone: each looser and smaller. */
  revenue: RevenueDetail;
}

export function buildDayMaster({ problem, curves, classes, days, branch, revenue: detail }: DayMasterInput): DayMaster {
  const program = new ProgramBuilder(`${problem.name}: marginal revenue`);
  const { slotHours } = problem;
  const shares = days.map((day) =>
    program.addColumn({ name: `day ${day.id}`, lower: 0, upper: Infinity, cost: wayAndWear(problem, classes, day) }),
  );
  const missing: Column[] = [];
  const gap = (name: string): Term => {
    const column = program.addColumn({ name: `missing: ${name}`, lower: 0, upper: Infinity, cost: missingUsd });
    missing.push(column);
    return [column, 1];
  };
  const classRows = classes.map(({ truck, members }, c) => {
    const terms = days.flatMap((day, j): Term[] => (day.class === c ? [[shares[j]!, 1]] : []));
    const name = `trucks like ${truck.id}`;
    return program.addRow({ name, lower: members.length, upper: members.length, terms: [...terms, gap(name)] });
  });
  const chargeRows = drivesOnBattery(problem)
    ? classes.map(({ truck, members }, c) => {
        const terms = days.flatMap((day, j): Term[] =>
          day.class === c ? [[shares[j]!, neededMwh(problem, truck, day)]] : [],
        );
        const name = `charge of trucks like ${truck.id}`;
        const upper = members.length * truck.initialMwh;
        return program.addRow({ name, lower: -Infinity, upper, terms: [...terms, opposite(gap(name))] });
      })
    : [];
  const stays = days.flatMap((day, j) =>
    day.path.flatMap((arc) => {
      const place = problem.terminals[arc.from]!;
      if (arc.kind !== 'stay' || place.kind !== 'station') return [];
      const [grid, slot] = [place.grid, arc.fromSlot];
      return [{ column: shares[j]!, class: day.class, terminal: arc.from, grid, slot, netMw: day.netMw[slot]! }];
    }),
  );
  const byPlace = Map.groupBy(stays, ({ grid, slot }) => `${grid} ${slot}`);
  const groups = powerGroups(problem, classes, detail);
  const mostMw = reachesMw(problem).map((reach) => reach.at(-1) ?? 0);
  const caps: Term[] = [];
  const revenues: Term[] = [];
  const savings: Term[] = [];
  const rows = problem.grids.map((_, g) =>
    Array.from({ length: problem.slots }, (__, slot) => {
      const place = `${g} ${slot}`;
      const here = byPlace.get(place) ?? [];
      const own = branch.filter((row) => row.grid === g && row.slot === slot);
      const places = placesAt(problem, g);
      const inGroup = (of: (stay: (typeof here)[number]) => number): Term[][] =>
        groups.reachMw.map((_own, group) =>
          here.flatMap((stay): Term[] => (groups.groupOf[stay.class] === group ? [[stay.column, of(stay)]] : [])),
        );
      const used = here.map(({ column, netMw }): Term => [column, Math.abs(netMw)]);
      const range = own.find(({ kind }) => kind === 'net');
      const missed = (name: string, terms: Term[], group: number): Term[] =>
        range ? [...terms, gap(`${name} of group ${group} at ${place}`)] : terms;
      const surplus = (terms: Term[], group: number): Term[] =>
        range ? [...terms, opposite(gap(`power from group ${group} at ${place}`))] : terms;
      const revenue = addRevenueHull(program, {
        place,
        curve: curves[g]![slot]!,
        net: inGroup(({ netMw }) => netMw).map((terms, group) => surplus(missed('power', terms, group), group)),
        // With one reach for any number of trucks their count says nothing, and is not asked for.
        present: detail === 'by-power' ? null : inGroup(() => 1).map((terms, group) => missed('trucks', terms, group)),
        reachMw: groups.reachMw.map((reach) => (detail === 'by-power' ? reach.slice(0, places).slice(-1) : reach)),
        places: detail === 'by-power' ? 1 : places,
        range: { fromMw: range?.lower ?? -Infinity, toMw: range?.upper ?? Infinity },
      });
      revenues.push(...revenue.revenue);
      savings.push(...revenue.saving);
      const capUsd = slotHours * highestPrice(problem, g, slot);
      caps.push(...used.map(([column, mw]): Term => [column, capUsd * mw]));
      const feeUsd = problem.grids[g]!.activityFeeUsd;
      let fee: Row | null = null;
      if (feeUsd > 0) {
        const rented = program.addColumn({ name: `rented at ${place}`, lower: 0, upper: 1 });
        savings.push([rented, -feeUsd]);
        const terms: Term[] = [...used, [rented, -mostMw[g]!]];
        fee = program.addRow({ name: `fee at ${place}`, lower: -Infinity, upper: 0, terms });
      }
      const counts = own
        .filter(({ kind }) => kind === 'trucks')
        .map((decided, i) => {
          const of = here.filter((stay) => decided.class === null || decided.class === stay.class);
          const name = `decided ${i} at ${place}`;
          const slack: Term[] = [gap(`${name}, more`), opposite(gap(`${name}, less`))];
          const terms = [...of.map(({ column }): Term => [column, 1]), ...slack];
          return {
            class: decided.class,
            row: program.addRow({ name, lower: decided.lower, upper: decided.upper, terms }),
          };
        });
      return { ...revenue, capUsd, fee, counts };
    }),
  );
  const places = addPlaces(program, problem, stays);
  const forcedUsd = forcedRentUsd(problem, curves);
  // Rents are asked where they find room, so that only their sum counts.
  const rent = program.addColumn({ name: 'rents', lower: 0, upper: Infinity, cost: -1 });
  const most = (name: string, upper: number, terms: readonly Term[]): Row =>
    program.addRow({ name: `rents by ${name}`, lower: -Infinity, upper, terms: [[rent, 1], ...terms.map(opposite)] });
  most('marginal revenue', forcedUsd, revenues);
  const cap = most('highest prices', 0, caps);
  if (mayIdle(problem)) most('what users save', 0, savings);
  const compiled = program.compile();
  return {
    program: compiled,
    read: (columns) => ({
      profitUsd: -compiled.cost.reduce((sum, usd, column) => sum + usd * columns[column]!, 0),
      shares: shares.map((column) => columns[column]!),
      revenueUsd: rows.map((slots) =>
        slots.map(({ revenue }) => revenue.reduce((sum, [column, usd]) => sum + usd * columns[column]!, 0)),
      ),
      missing: missing.reduce((sum, column) => sum + columns[column]!, 0),
    }),
    price: (duals) => ({
      truckUsd: classRows.map((row) => -duals[row]!),
      chargeUsdPerMwh: classes.map((_, c) => -(duals[chargeRows[c] ?? -1] ?? 0)),
      stay: (ofClass, terminal, slot) => {
        const place = problem.terminals[terminal]!;
        if (place.kind === 'depot') return { presentUsd: 0, chargeUsdPerMw: 0, dischargeUsdPerMw: 0 };
        const { net, present, capUsd, fee, counts } = rows[place.grid]![slot]!;
        const decided = counts.reduce(
          (sum, own) => sum + (own.class === null || own.class === ofClass ? duals[own.row]! : 0),
          0,
        );
        const full = places.get(`${terminal} ${slot}`);
        const group = groups.groupOf[ofClass]!;
        const presentRow = present[group];
        const presentUsd =
          (presentRow === undefined ? 0 : duals[presentRow]!) + decided + (full === undefined ? 0 : duals[full]!);
        const netUsd = duals[net[group]!]!;
        const wearUsd = slotHours * classes[ofClass]!.truck.degradationUsdPerMwh;
        const usedUsd = -capUsd * duals[cap]! + (fee === null ? 0 : duals[fee]!) - wearUsd;
        return { presentUsd, chargeUsdPerMw: usedUsd - netUsd, dischargeUsdPerMw: usedUsd + netUsd };
      },
    }),
  };
}

const opposite = ([column, value]: Term): Term => [column, -value];

/** What a day begins with beyond its way, and what that takes. */
export const neededMwh = (problem: SmsProblem, truck: Truck, { path, firstMwh = truck.initialMwh }: ClassDay): number =>
  path.reduce((sum, arc) => sum + (arc.kind === 'stay' ? 0 : tripMwh(problem, truck, arc)), firstMwh);

/** What a day costs its owner, USD. */
export function wayAndWear({ slotHours }: SmsProblem, classes: readonly TruckClass[], day: ClassDay): number {
  const wayUsd = day.path.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const usedMwh = slotHours * day.netMw.reduce((sum, mw) => sum + Math.abs(mw), 0);
  return wayUsd + usedMwh * classes[day.class]!.truck.degradationUsdPerMwh;
}

/** Σ θ of the days that stand at a station ≤ its places [terminal slot]. */
export function addPlaces(
  program: ProgramBuilder,
  problem: SmsProblem,
  stays: readonly { column: Column; terminal: number; slot: number }[],
): Map<string, Row> {
  const rows = new Map<string, Row>();
  const here = Map.groupBy(stays, ({ terminal, slot }) => `${terminal} ${slot}`);
  problem.terminals.forEach((terminal, i) => {
    if (terminal.kind === 'depot' || terminal.truckCapacity >= problem.trucks.length) return;
    for (let slot = 0; slot < problem.slots; slot++) {
      const terms = (here.get(`${i} ${slot}`) ?? []).map(({ column }): Term => [column, 1]);
      const name = `station ${terminal.id}: places, slot ${slot}`;
      rows.set(`${i} ${slot}`, program.addRow({ name, lower: -Infinity, upper: terminal.truckCapacity, terms }));
    }
  });
  return rows;
}

/**
 * What users may pay beyond marginal worth because trucks must be charged for their final energy: for the last MWh no more than it costs to
 * charge it where power is dearest, at the highest price.
 */
export function forcedRentUsd(problem: SmsProblem, curves: CostCurve[][]): number {
  const dearest = Math.max(...curves.flat().flatMap(worthOfPieces)) / problem.slotHours;
  const prices = problem.grids.flatMap((_, g) =>
    Array.from({ length: problem.slots }, (__, slot) => highestPrice(problem, g, slot)),
  );
  const mostUsdPerMwh = Math.max(0, dearest + Math.max(...prices));
  return problem.trucks.reduce((sum, { finalMinMwh, initialMwh, chargeEfficiency }) => {
    return sum + (Math.max(0, finalMinMwh - initialMwh) * mostUsdPerMwh) / chargeEfficiency;
  }, 0);
}

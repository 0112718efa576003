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
import { dualValue } from '../../../program/dual-value.ts';
import { ProgramBuilder, type Column, type LinearProgram, type Row, type Term } from '../../../program/program.ts';
import { drivesOnBattery } from '../driving.ts';
import { mayIdle, highestPrice } from '../prices.ts';
import type { SmsProblem } from '../problem.ts';
import type { CostCurve } from './cost-curve.ts';
import { placesAt, reachesMw } from './curve-program.ts';
import { addPlaces } from './add-places.ts';
import { neededMwh, wayAndWear } from './day-costs.ts';
import { forcedRentUsd } from './forced-rent.ts';
import { daysAtSteps, workKey } from './days-at-steps.ts';
import type { CarriedPrices, CornerPrices, MasterPoint, MasterPrices } from './master-prices.ts';
import { powerGroups } from './power-groups.ts';
import { evenPrice, usdAt, type PowerPrice, type TruckDay } from './priced-day.ts';
import { addRevenueHull } from './revenue-hull.ts';
import type { TruckClass } from './truck-classes.ts';
import type { WorkCorner } from './work-corners.ts';
import { addWorkHull } from './work-hull.ts';
import { isPieceWithin, workPlace } from './work-place.ts';
import { directions, type Direction, type PlaceGroups } from './work-steps.ts';

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
  /** Duals of this master that price as those of another: rows of the same name alike, work by what it was worth there. */
  carry: (from: CarriedPrices) => Float64Array;
  /** The same duals with what the best days and corners are worth at them, so that no day and no corner brings more; and their value. */
  settle: (
    rowDuals: Float64Array,
    best: { dayUsd: readonly number[]; cornerUsd: readonly (readonly number[])[] },
  ) => { duals: Float64Array; valueUsd: number };
}

/** USD per truck or MW that is missing. */
const missingUsd = 1e5;

export type RevenueDetail = 'by-kind' | 'by-trucks' | 'by-power';

/** Revenue by how many trucks work at which power (work-hull.ts), from the corners that are known. */
export interface WorkDetail extends PlaceGroups {
  corners: (grid: number, slot: number) => readonly WorkCorner[];
  /** The mixture stays near prices, by the names of their rows: a truck at a step is worth so much more or less at most. */
  near: { usdByRow: ReadonlyMap<string, number>; withinUsd: number } | null;
}

export interface DayMasterInput {
  problem: SmsProblem;
  curves: CostCurve[][];
  classes: readonly TruckClass[];
  days: readonly ClassDay[];
  branch: readonly BranchRow[];
  /** Revenue by the trucks of either kind present (revenue-hull.ts), by their number, or by their power alone: each looser and smaller. */
  revenue: RevenueDetail | WorkDetail;
}

export function buildDayMaster({ problem, curves, classes, days, branch, revenue }: DayMasterInput): DayMaster {
  const work = typeof revenue === 'string' ? null : revenue;
  const detail = typeof revenue === 'string' ? revenue : 'by-kind';
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
      const net = own.find(({ kind }) => kind === 'net');
      const range = { fromMw: net?.lower ?? -Infinity, toMw: net?.upper ?? Infinity };
      const missed = (name: string, terms: Term[], group: number): Term[] =>
        net ? [...terms, gap(`${name} of group ${group} at ${place}`)] : terms;
      const surplus = (name: string, terms: Term[], group: number): Term[] =>
        net ? [...terms, opposite(gap(`${name} from group ${group} at ${place}`))] : terms;
      const groupsHere = work?.groupsAt(g, slot) ?? [];
      const working =
        work === null ? new Map<number, Term[]>() : daysAtSteps({ groupOf: work.groupOf, groups: groupsHere }, here);
      const revenue =
        work === null
          ? addRevenueHull(program, {
              place,
              curve: curves[g]![slot]!,
              net: inGroup(({ netMw }) => netMw).map((terms, group) =>
                surplus('power', missed('power', terms, group), group),
              ),
              // With one reach for any number of trucks their count says nothing, and is not asked for.
              present:
                detail === 'by-power' ? null : inGroup(() => 1).map((terms, group) => missed('trucks', terms, group)),
              reachMw: groups.reachMw.map((reach) =>
                detail === 'by-power' ? reach.slice(0, places).slice(-1) : reach,
              ),
              places: detail === 'by-power' ? 1 : places,
              range,
            })
          : addWorkHull(program, {
              name: place,
              place: workPlace(curves[g]![slot]!, range),
              curve: curves[g]![slot]!,
              groups: groupsHere,
              corners: work.corners(g, slot).filter(({ piece }) => isPieceWithin(curves[g]![slot]!, piece, range)),
              working: (group, direction, step) => {
                const name = `${direction} ${step}`;
                const terms = working.get(workKey(group, direction, step)) ?? [];
                return surplus(name, missed(name, terms, group), group);
              },
              present: (group) => {
                const terms = here.flatMap((stay): Term[] =>
                  work.groupOf[stay.class] === group ? [[stay.column, 1]] : [],
                );
                return missed('trucks', terms, group);
              },
              rangeUsd: (row) => {
                const usd = work.near?.usdByRow.get(row);
                const within = work.near?.withinUsd ?? 0;
                return usd === undefined ? null : { lower: usd - within, upper: usd + within };
              },
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
      return { revenue, range, capUsd, fee, counts, groups: groupsHere };
    }),
  );
  const places = addPlaces(program, problem, stays);
  const forcedUsd = forcedRentUsd(problem, curves);
  // Rents are asked where they find room, so that only their sum counts.
  const rent = program.addColumn({ name: 'rents', lower: 0, upper: Infinity, cost: -1 });
  const most = (name: string, upper: number, terms: readonly Term[]): Row =>
    program.addRow({ name: `rents by ${name}`, lower: -Infinity, upper, terms: [[rent, 1], ...terms.map(opposite)] });
  const byRevenue = most('marginal revenue', forcedUsd, revenues);
  const cap = most('highest prices', 0, caps);
  const bySaving = mayIdle(problem) ? most('what users save', 0, savings) : null;
  const compiled = program.compile();
  /** What every MW brings or costs, whatever it earns. */
  const usedUsdPerMw = (duals: Float64Array, c: number, { capUsd, fee }: { capUsd: number; fee: Row | null }): number =>
    -capUsd * duals[cap]! + (fee === null ? 0 : duals[fee]!) - slotHours * classes[c]!.truck.degradationUsdPerMwh;
  return {
    program: compiled,
    read: (columns) => ({
      profitUsd: -compiled.cost.reduce((sum, usd, column) => sum + usd * columns[column]!, 0),
      shares: shares.map((column) => columns[column]!),
      revenueUsd: rows.map((slots) =>
        slots.map(({ revenue: { revenue } }) =>
          revenue.reduce((sum, [column, usd]) => sum + usd * columns[column]!, 0),
        ),
      ),
      missing: missing.reduce((sum, column) => sum + columns[column]!, 0),
      loose: rows
        .flat()
        .flatMap(({ revenue: own }) => ('loose' in own ? own.loose : []))
        .reduce((sum, column) => sum + columns[column]!, 0),
      usedCorners: rows.map((slots) =>
        slots.map(({ revenue: own }) => {
          const used = 'corners' in own ? own.corners.filter(({ column }) => columns[column]! > 1e-9) : [];
          return new Map(used.map(({ key, column }) => [key, columns[column]!]));
        }),
      ),
    }),
    carry: ({ usdByRow, prices }) => {
      const { rowNames, rowLower, rowUpper } = compiled;
      const duals = Float64Array.from(rowNames, (name, row) => {
        const usd = usdByRow.get(name) ?? 0;
        return (usd > 0 && rowLower[row] === -Infinity) || (usd < 0 && rowUpper[row] === Infinity) ? 0 : usd;
      });
      rows.forEach((slots, g) =>
        slots.forEach((place, slot) => {
          if (!('work' in place.revenue)) return;
          const station = problem.terminals.findIndex(({ kind }, i) => kind === 'station' && gridOf(problem, i) === g);
          for (const [group, own] of place.revenue.work.entries()) {
            const c = work!.groupOf.indexOf(group);
            const stay = prices.stay(c, station, slot);
            for (const direction of directions)
              own[direction].forEach((row, step) => {
                if (usdByRow.has(rowNames[row]!)) return;
                const mw = place.groups[group]!.steps[direction][step]!;
                duals[row] = usdAt(stay[direction], mw) - usedUsdPerMw(duals, c, place) * mw;
              });
          }
        }),
      );
      return duals;
    },
    settle: (rowDuals, { dayUsd, cornerUsd }) => {
      const duals = rowDuals.slice();
      classRows.forEach((row, c) => (duals[row] = -dayUsd[c]!));
      rows.forEach((slots, g) =>
        slots.forEach(({ revenue: own }, slot) => {
          if ('weights' in own) duals[own.weights] = -cornerUsd[g]![slot]!;
        }),
      );
      return { duals, valueUsd: dualValue(compiled, duals) };
    },
    price: (duals) => ({
      truckUsd: classRows.map((row) => -duals[row]!),
      chargeUsdPerMwh: classes.map((_, c) => -(duals[chargeRows[c] ?? -1] ?? 0)),
      stay: (ofClass, terminal, slot) => {
        const { truck } = classes[ofClass]!;
        const place = problem.terminals[terminal]!;
        const nothing = evenPrice(truck, 0);
        if (place.kind === 'depot') return { presentUsd: 0, charge: nothing, discharge: nothing };
        const here = rows[place.grid]![slot]!;
        const { revenue, counts } = here;
        const decided = counts.reduce(
          (sum, own) => sum + (own.class === null || own.class === ofClass ? duals[own.row]! : 0),
          0,
        );
        const full = places.get(`${terminal} ${slot}`);
        const standUsd = decided + (full === undefined ? 0 : duals[full]!);
        const usedUsd = usedUsdPerMw(duals, ofClass, here);
        if ('work' in revenue) {
          const group = work!.groupOf[ofClass]!;
          const priceOf = (direction: Direction): PowerPrice => {
            const steps = here.groups[group]!.steps[direction];
            const usd = steps.map((mw, step) => duals[revenue.work[group]![direction][step]!]! + usedUsd * mw);
            return { mw: [0, ...steps], usd: [0, ...usd] };
          };
          const presentUsd = standUsd + duals[revenue.present[group]!]!;
          return { presentUsd, charge: priceOf('charge'), discharge: priceOf('discharge') };
        }
        const group = groups.groupOf[ofClass]!;
        const presentRow = revenue.present[group];
        const presentUsd = (presentRow === undefined ? 0 : duals[presentRow]!) + standUsd;
        const netUsd = duals[revenue.net[group]!]!;
        return {
          presentUsd,
          charge: evenPrice(truck, usedUsd - netUsd),
          discharge: evenPrice(truck, usedUsd + netUsd),
        };
      },
      corners:
        work === null
          ? null
          : rows.map((slots, g) =>
              slots.map(({ revenue, range, groups: own }, slot): CornerPrices => {
                if (!('work' in revenue))
                  throw new Error('corners are asked for where revenue is not told apart by work');
                const usd = (of: readonly Row[]): number[] => of.map((row) => duals[row]!);
                return {
                  place: workPlace(curves[g]![slot]!, range),
                  revenue: -duals[byRevenue]!,
                  saving: bySaving === null ? 0 : -duals[bySaving]!,
                  groups: own,
                  weightUsd: -duals[revenue.weights]!,
                  truckUsd: usd(revenue.present),
                  workUsd: revenue.work.map(({ charge, discharge }) => ({
                    charge: usd(charge),
                    discharge: usd(discharge),
                  })),
                };
              }),
            ),
    }),
  };
}

const gridOf = ({ terminals }: SmsProblem, terminal: number): number | null => {
  const place = terminals[terminal]!;
  return place.kind === 'station' ? place.grid : null;
};

const opposite = ([column, value]: Term): Term => [column, -value];

/**
 * A meshed network inside the schedule, by DC power flow: in each slot what every bus gives, and for each line with a limit
 *
 *   −(F_l − down_lt) ≤ Σ_b H_lb injection_bt ≤ F_l − up_lt
 *
 * H: transfer factors (models/mesh/transfer-factors.ts). up, down: room that deviations need,
 *
 *   up_lt = max(0, max over corners of δ*(change of f_l | U_t)),   change of f_l by ξ: −Σ_b H_lb w_b ξ, + H_la per unit answered at bus a
 *
 * a number exact for every kind of set (deviation-places.ts); protection enters through bounds alone. Flows are of what is scheduled and expected;
 * what supply commits beyond it for protection, and what the site loses, is taken at the slack bus. The duals of the rows are the prices of places:
 * one more kW of load at b costs λ_t + Σ_l H_lb μ_lt, the energy at the slack bus and what the lines in the way make of it.
 */
import type { Column, Row, Term } from '../../program/program.ts';
import { transferFactors, type TransferFactors } from '../mesh/transfer-factors.ts';
import { slotWorst } from './deviation-places.ts';
import { perSlot, type Stage } from './device.ts';
import { lineName, networkName } from './names.ts';
import type { DeviceTerms } from './device-terms.ts';
import type { V2gProblem } from './problem.ts';
import type { MeshPrices, SiteMesh } from './site-mesh.ts';

export interface MeshDevice {
  /** @param balance dual of the power balance [slot]. */
  prices: (rowDuals: Float64Array, balance: readonly Row[]) => MeshPrices;
}

interface LineRows {
  line: number;
  forward: Row;
  backward: Row;
}

/** Null where there is no mesh, or it is only checked. */
export function addMesh(stage: Stage, devices: DeviceTerms): MeshDevice | null {
  const { problem, program } = stage;
  const site = problem.mesh;
  if (!site || site.model === 'unconstrained') return null;
  const { lines } = site.mesh;
  const transfer = transferFactors(site.mesh);
  const { buses, factors } = transfer;
  const rows = perSlot(problem, (slot): LineRows[] => {
    const given = injectionsAt(stage, site, buses, devices, slot);
    const margins = meshMargins(problem, site, transfer, slot);
    return lines.flatMap(({ id, limitMw }, line) => {
      if (limitMw === null) return [];
      const own = factors[line]!;
      const terms = given.columns.flatMap((column, bus): Term[] => (column === null ? [] : [[column, own[bus]!]]));
      const fixedKw = given.fixedKw.reduce((sum, kw, bus) => sum + own[bus]! * kw, 0);
      const mostKw = 1000 * limitMw;
      const limit = (what: string, lower: number, upper: number): Row =>
        program.addRow({ name: lineName(id, what, slot), lower, upper, terms });
      return [
        {
          line,
          forward: limit('limit', -Infinity, mostKw - margins.upKw[line]! - fixedKw),
          backward: limit('limit backwards', margins.downKw[line]! - mostKw - fixedKw, Infinity),
        },
      ];
    });
  });
  return {
    prices: (rowDuals, balance) => {
      const perKwh = (row: Row): number => rowDuals[row]! / problem.slotHours;
      const energyPerKwh = balance.map(perKwh);
      // A line loaded forwards has a dual of 0 or less, one loaded backwards of 0 or more.
      const worth = rows.map((own) => {
        const duals = lines.map(() => 0);
        for (const { line, forward, backward } of own) duals[line] = perKwh(forward) + perKwh(backward);
        return duals;
      });
      return {
        buses,
        energyPerKwh,
        linePerKwh: worth.map((own) => own.map(Math.abs)),
        busPerKwh: worth.map((own, slot) =>
          buses.map((_, bus) =>
            own.reduce((sum, dual, line) => sum + dual * factors[line]![bus]!, energyPerKwh[slot]!),
          ),
        ),
      };
    },
  };
}

/** Room at each line, forwards and backwards [line], kW; 0 where no limit is stated. */
export function meshMargins(
  problem: V2gProblem,
  site: SiteMesh,
  { buses, factors }: TransferFactors,
  slot: number,
): { upKw: number[]; downKw: number[] } {
  const worst = slotWorst(problem, site, buses, slot);
  const room = (sign: 1 | -1): number[] =>
    site.mesh.lines.map(({ limitMw }, line) =>
      limitMw === null || worst === null ? 0 : 1000 * worst((bus) => -sign * factors[line]![bus]!),
    );
  return { upKw: room(1), downKw: room(-1) };
}

/** What each bus gives in a slot: what is known, and a column for what devices there decide; null where there are none. */
function injectionsAt(
  { problem, program }: Stage,
  site: SiteMesh,
  buses: readonly string[],
  devices: DeviceTerms,
  slot: number,
): { columns: (Column | null)[]; fixedKw: number[] } {
  const place = new Map(buses.map((bus, index) => [bus, index]));
  const terms = buses.map((): Term[] => []);
  const fixedKw = buses.map(() => 0);
  for (const { bus, share } of site.loads) fixedKw[place.get(bus)!]! -= share * problem.loadKw[slot]!;
  if (problem.charging === 'uncoordinated')
    problem.uncoordinatedKw.forEach(
      (demand, index) => (fixedKw[place.get(site.aggregatorBus[index]!)!]! -= demand[slot]!),
    );
  const put = (own: readonly Term[][], at: readonly string[]): void =>
    own.forEach((each, index) => terms[place.get(at[index]!)!]!.push(...each));
  put(devices.wind(slot), site.windBus);
  put(devices.gas(slot), site.gasBus);
  put(devices.storage(slot), site.storageBus);
  put(devices.aggregator(slot), site.aggregatorBus);
  for (const { bus, terms: own } of devices.trucks(slot)) terms[place.get(bus)!]!.push(...own);
  const columns = buses.map((bus, index) => {
    // The slack bus balances; its factors are zero.
    if (index === 0 || terms[index]!.length === 0) return null;
    const column = program.addColumn({
      name: networkName(bus, 'power given', slot),
      lower: -Infinity,
      upper: Infinity,
    });
    program.addRow({
      name: networkName(bus, 'active balance', slot),
      lower: 0,
      upper: 0,
      terms: [[column, -1], ...terms[index]!],
    });
    return column;
  });
  return { columns, fixedKw };
}

/** Refuses a problem of shared mobile storage that contradicts itself, naming the field, before any row is built from it. */
import { Refusal } from '../../base/errors.ts';
import type { SmsGrid, SmsProblem, Truck } from './problem.ts';

type Complain = (complaint: string) => never;

/** @throws Refusal `case-bad` with the first contradiction found. */
export function requireValidSms(problem: SmsProblem): void {
  const refuse: Complain = (complaint) => {
    throw new Refusal('case-bad', { file: problem.name, problem: complaint });
  };
  if (!(Number.isInteger(problem.slots) && problem.slots >= 1)) refuse(`slots is ${problem.slots}`);
  if (!(problem.slotHours > 0 && problem.slotHours <= 24)) refuse(`slotHours is ${problem.slotHours}`);
  if (problem.grids.length === 0) refuse('grids is empty');
  for (const grid of problem.grids) validGrid(grid, problem.slots, refuse);
  problem.terminals.forEach((terminal, i) => {
    if (terminal.kind === 'depot') return;
    index(`terminals[${i}].grid`, terminal.grid, problem.grids.length, refuse);
    if (terminal.bus !== undefined) {
      const { feeder, id } = problem.grids[terminal.grid]!;
      if (!feeder) return refuse(`terminals[${i}].bus is given, but grid ${id} has no feeder`);
      index(`terminals[${i}].bus`, terminal.bus, feeder.buses.length, refuse);
    }
    if (!(Number.isInteger(terminal.truckCapacity) && terminal.truckCapacity >= 0))
      refuse(`terminals[${i}].truckCapacity is ${terminal.truckCapacity}; a whole number of trucks expected`);
  });
  for (const truck of problem.trucks) validTruck(truck, problem.terminals.length, refuse);
  validRoads(problem, refuse);
  validDriving(problem, refuse);
  validSharing(problem, refuse);
  validPrices(problem, refuse);
}

function validPrices(problem: SmsProblem, refuse: Complain): void {
  const { priceMenuUsdPerMwh: menus, priceCapUsdPerMwh: caps, priceFloorUsdPerMwh: floors } = problem;
  if (floors !== undefined) validFloors(problem, floors, refuse);
  if (caps !== undefined) {
    if (menus.length > 0) refuse('priceMenuUsdPerMwh and priceCapUsdPerMwh are both given; one of them expected');
    length('priceCapUsdPerMwh', caps, problem.grids.length, refuse);
    caps.forEach((slots, g) => {
      length(`priceCapUsdPerMwh[${g}]`, slots, problem.slots, refuse);
      slots.forEach((cap, t) => atLeast(`priceCapUsdPerMwh[${g}][${t}]`, cap, 0, refuse));
    });
    const ramped = problem.grids.find(({ generatorRampMw }) => generatorRampMw !== null);
    if (ramped)
      refuse(`priceCapUsdPerMwh with generatorRampMw of grid ${ramped.id}; prices from a menu expected there`);
    return;
  }
  length('priceMenuUsdPerMwh', menus, problem.grids.length, refuse);
  menus.forEach((slots, g) => {
    length(`priceMenuUsdPerMwh[${g}]`, slots, problem.slots, refuse);
    slots.forEach((menu, t) => {
      if (menu.length === 0) refuse(`priceMenuUsdPerMwh[${g}][${t}] offers no price`);
      const negative = menu.find((price) => price < 0);
      if (negative !== undefined) refuse(`priceMenuUsdPerMwh[${g}][${t}] holds ${negative}; a rent is not negative`);
    });
  });
}

function validFloors(
  { priceCapUsdPerMwh: caps, grids, slots }: SmsProblem,
  floors: number[][],
  refuse: Complain,
): void {
  if (caps === undefined) return refuse('priceFloorUsdPerMwh is given without priceCapUsdPerMwh');
  length('priceFloorUsdPerMwh', floors, grids.length, refuse);
  floors.forEach((own, g) => {
    length(`priceFloorUsdPerMwh[${g}]`, own, slots, refuse);
    own.forEach((floor, t) => {
      const name = `priceFloorUsdPerMwh[${g}][${t}]`;
      atLeast(name, floor, 0, refuse);
      if (floor > caps[g]![t]!) refuse(`${name} is ${floor}, above the cap ${caps[g]![t]!}`);
    });
  });
}

function validGrid(grid: SmsGrid, slots: number, refuse: Complain): void {
  for (const field of ['loadMw', 'windMw', 'downsideMarginMw', 'importUsdPerMwh'] as const) {
    const name = `${field} of grid ${grid.id}`;
    length(name, grid[field], slots, refuse);
    if (field !== 'importUsdPerMwh') grid[field].forEach((x, t) => atLeast(`${name}, slot ${t},`, x, 0, refuse));
  }
  for (const field of [
    'importCapMw',
    'importReserveCapMw',
    'importReserveUsdPerMw',
    'generatorCapMw',
    'generatorUsdPerMwh',
    'generatorReserveUsdPerMw',
    'curtailUsdPerMwh',
    'unservedUsdPerMwh',
    'dumpUsdPerMwh',
    'emergencyReserveUsdPerMw',
    'activityFeeUsd',
  ] as const)
    atLeast(`${field} of grid ${grid.id}`, grid[field], 0, refuse);
  validFeeder(grid, refuse);
  if (grid.generatorRampMw !== null) atLeast(`generatorRampMw of grid ${grid.id}`, grid.generatorRampMw, 0, refuse);
}

/** A tree from the root outwards; shares that make up the whole. */
function validFeeder(grid: SmsGrid, refuse: Complain): void {
  const { feeder, id } = grid;
  if (!feeder) return;
  const { buses, lines, baseKv, minPu, maxPu, rootPu } = feeder;
  const of = `of the feeder of grid ${id}`;
  if (grid.generatorRampMw !== null) refuse(`generatorRampMw of grid ${id} with a feeder; none expected there`);
  index(`truckBus ${of}`, feeder.truckBus, buses.length, refuse);
  index(`generatorBus ${of}`, feeder.generatorBus, buses.length, refuse);
  if (!(baseKv > 0)) refuse(`baseKv ${of} is ${baseKv}; above 0 expected`);
  if (!(minPu > 0 && minPu <= rootPu && rootPu <= maxPu))
    refuse(`voltages ${of} are minPu ${minPu}, rootPu ${rootPu}, maxPu ${maxPu}; in that order expected`);
  for (const share of ['loadShare', 'windShare'] as const) {
    buses.forEach((bus) => atLeast(`${share} of bus ${bus.id} ${of}`, bus[share], 0, refuse));
    const sum = buses.reduce((total, bus) => total + bus[share], 0);
    if (Math.abs(sum - 1) > 1e-9) refuse(`${share} ${of} adds up to ${sum}; 1 expected`);
  }
  const fed = new Set([0]);
  lines.forEach(({ from, to, rOhm, xOhm, limitMw }, l) => {
    if (!fed.has(from) || fed.has(to) || to >= buses.length)
      refuse(`lines[${l}] ${of} goes from bus ${from} to ${to}; from a bus already fed to a new one expected`);
    fed.add(to);
    for (const [name, ohm] of [
      ['rOhm', rOhm],
      ['xOhm', xOhm],
    ] as const)
      atLeast(`lines[${l}].${name} ${of}`, ohm, 0, refuse);
    if (limitMw !== null) atLeast(`lines[${l}].limitMw ${of}`, limitMw, 0, refuse);
  });
  if (fed.size !== buses.length) refuse(`the lines ${of} feed ${fed.size} of ${buses.length} buses`);
}

function validTruck(truck: Truck, terminals: number, refuse: Complain): void {
  const of = ` of truck ${truck.id}`;
  index(`start${of}`, truck.start, terminals, refuse);
  index(`end${of}`, truck.end, terminals, refuse);
  for (const field of ['minMwh', 'powerMw', 'degradationUsdPerMwh'] as const)
    atLeast(`${field}${of}`, truck[field], 0, refuse);
  atLeast(`initialMwh${of}`, truck.initialMwh, truck.minMwh, refuse);
  atLeast(`capacityMwh${of}`, truck.capacityMwh, Math.max(truck.initialMwh, truck.finalMinMwh), refuse);
  for (const field of ['chargeEfficiency', 'dischargeEfficiency'] as const)
    if (!(truck[field] > 0 && truck[field] <= 1)) refuse(`${field}${of} is ${truck[field]}; above 0 to 1 expected`);
}

function validRoads(problem: SmsProblem, refuse: Complain): void {
  const count = problem.terminals.length;
  length('holdCostUsdPerSlot', problem.holdCostUsdPerSlot, count, refuse);
  for (const field of ['travelSlots', 'travelCostUsd'] as const) {
    length(field, problem[field], count, refuse);
    problem[field].forEach((row, i) => {
      length(`${field}[${i}]`, row, count, refuse);
      row.forEach((series, j) => length(`${field}[${i}][${j}]`, series, problem.slots, refuse));
    });
  }
  problem.travelSlots.forEach((row, i) =>
    row.forEach((series, j) =>
      series.forEach((time, t) => {
        if (i === j || time === null) return;
        if (!(Number.isInteger(time) && time >= 1))
          refuse(`travelSlots[${i}][${j}][${t}] is ${time}; a whole number of at least 1 expected`);
        if (problem.travelCostUsd[i]![j]![t] === null) refuse(`travelCostUsd[${i}][${j}][${t}] is missing`);
      }),
    ),
  );
}

/** A truck that drives on its battery brings what it drives on; users charge it for themselves alone. */
function validDriving(problem: SmsProblem, refuse: Complain): void {
  for (const { id, drivingFactor = 1 } of problem.trucks)
    atLeast(`drivingFactor of truck ${id}`, drivingFactor, 0, refuse);
  const energies = problem.travelEnergyMwh;
  if (energies === undefined) return;
  const count = problem.terminals.length;
  length('travelEnergyMwh', energies, count, refuse);
  energies.forEach((row, i) => {
    length(`travelEnergyMwh[${i}]`, row, count, refuse);
    row.forEach((series, j) => {
      const name = `travelEnergyMwh[${i}][${j}]`;
      length(name, series, problem.slots, refuse);
      series.forEach((mwh, t) => {
        if (i === j || problem.travelSlots[i]![j]![t] === null) return;
        if (mwh === null) return refuse(`${name}[${t}] is missing`);
        atLeast(`${name}[${t}]`, mwh, 0, refuse);
      });
    });
  });
  for (const { id, initialMwh, finalMinMwh } of problem.trucks)
    if (finalMinMwh > initialMwh)
      refuse(
        `finalMinMwh of truck ${id} is ${finalMinMwh}, above its initialMwh ${initialMwh}; ` +
          'with travelEnergyMwh a truck must get home on its own charge',
      );
}

/** A covariance for every slot: symmetric, no negative variance. */
function validSharing({ reserveSharing: sharing, grids, slots }: SmsProblem, refuse: Complain): void {
  if (sharing === undefined) return;
  atLeast('reserveSharing.factor', sharing.factor, 0, refuse);
  length('reserveSharing.meanMw', sharing.meanMw, slots, refuse);
  length('reserveSharing.covarianceMw2', sharing.covarianceMw2, slots, refuse);
  sharing.meanMw.forEach((row, t) => length(`reserveSharing.meanMw[${t}]`, row, grids.length, refuse));
  sharing.covarianceMw2.forEach((rows, t) => {
    const name = `reserveSharing.covarianceMw2[${t}]`;
    length(name, rows, grids.length, refuse);
    rows.forEach((row, g) => length(`${name}[${g}]`, row, grids.length, refuse));
    rows.forEach((row, g) => {
      atLeast(`${name}[${g}][${g}]`, row[g]!, 0, refuse);
      row.forEach((value, h) => {
        const size = Math.sqrt(Math.max(0, row[g]! * rows[h]![h]!));
        if (Math.abs(value - rows[h]![g]!) > 1e-9 * (1 + size))
          refuse(`${name}[${g}][${h}] is ${value}, but its mirror is ${rows[h]![g]!}; a symmetric matrix expected`);
        if (Math.abs(value) > size * (1 + 1e-9) + 1e-12)
          refuse(`${name}[${g}][${h}] is ${value}; no more than ${size}, by its variances, expected`);
      });
    });
  });
}

function length(name: string, values: readonly unknown[], wanted: number, refuse: Complain): void {
  if (values.length !== wanted) refuse(`${name} has ${values.length} values, not ${wanted}`);
}

function atLeast(name: string, value: number, least: number, refuse: Complain): void {
  if (!(value >= least && Number.isFinite(value))) refuse(`${name} is ${value}; at least ${least} expected`);
}

function index(name: string, value: number, below: number, refuse: Complain): void {
  if (!(Number.isInteger(value) && value >= 0 && value < below))
    refuse(`${name} is ${value}; 0 to ${below - 1} expected`);
}

/** Feeders: from what every bus takes and gives, the flow in every line and every voltage, within their limits (LinDistFlow). */
import type { FeederDispatch, SmsPlan } from '../models/sms/plan.ts';
import type { Feeder, SmsProblem, Terminal } from '../models/sms/problem.ts';
import type { Ledger } from './ledger.ts';

export function checkSmsFeeders(problem: SmsProblem, plan: SmsPlan, ledger: Ledger): void {
  problem.grids.forEach(({ id, feeder }, g) => {
    if (!feeder) return;
    const answer = plan.grids[g]!.feeder;
    if (!answer) return ledger.refuse('feeder', `Grid ${id} has a feeder, but the plan says nothing of its buses`);
    const [buses, lines] = [feeder.buses.length, feeder.lines.length];
    const wanted = {
      curtailMw: buses,
      unservedMw: buses,
      beyondLoadMw: buses,
      dumpMw: buses,
      flowMw: lines,
      flowMvar: lines,
      voltagePu: buses,
    };
    for (const [field, count] of Object.entries(wanted)) {
      const table = answer[field as keyof typeof wanted];
      if (table.length !== count || table.some((series) => series.length !== problem.slots))
        return ledger.refuse('feeder', `${field} of grid ${id} is not one series for each of ${count}`);
    }
    for (let slot = 0; slot < problem.slots; slot++) checkSlot({ problem, plan, ledger, g, feeder, answer }, slot);
  });
}

interface GridCheck {
  problem: SmsProblem;
  plan: SmsPlan;
  ledger: Ledger;
  g: number;
  feeder: Feeder;
  answer: FeederDispatch;
}

function checkSlot({ problem, plan, ledger, g, feeder, answer }: GridCheck, slot: number): void {
  const grid = problem.grids[g]!;
  const totals = plan.grids[g]!;
  const { buses, lines, baseKv } = feeder;
  const claim = (what: string, subject: string, value: number, bound: number, unit: string) => {
    return {
      limit: `feeder ${what}`,
      subject: `grid ${grid.id}, ${subject}`,
      slot,
      quantity: what,
      value,
      bound,
      unit,
    };
  };
  const sums = { curtailMw: 0, unservedMw: 0, dumpMw: 0 };
  const stations = new Set(problem.terminals.map((terminal) => stationBus(problem, terminal, g)));
  const taken = buses.map((bus, b) => {
    const [curtailed, unserved, dumped] = [
      answer.curtailMw[b]![slot]!,
      answer.unservedMw[b]![slot]!,
      answer.dumpMw[b]![slot]!,
    ];
    sums.curtailMw += curtailed;
    sums.unservedMw += unserved;
    sums.dumpMw += dumped;
    const [load, wind] = [bus.loadShare * grid.loadMw[slot]!, bus.windShare * grid.windMw[slot]!];
    const at = `bus ${bus.id}`;
    const beyond = answer.beyondLoadMw[b]![slot]!;
    const own = unserved - beyond;
    ledger.least(claim('unserved beyond load', at, beyond, 0, 'MW'));
    if (!stations.has(b)) ledger.most(claim('unserved beyond load', at, beyond, 0, 'MW'));
    for (const value of [curtailed, own, dumped]) ledger.least(claim('bus', at, value, 0, 'MW'));
    ledger.most(claim('curtailment', at, curtailed, wind, 'MW'));
    ledger.most(claim('unserved load', at, own, load, 'MW'));
    const made = b === feeder.generatorBus ? totals.generatorMw[slot]! : 0;
    const trucks = truckNet(problem, plan, { g, bus: b }, slot);
    return { mw: load - wind + curtailed - unserved + dumped - made - trucks, mvar: bus.mvarPerMw * (load - own) };
  });
  for (const field of ['curtailMw', 'unservedMw', 'dumpMw'] as const)
    ledger.equal(claim('sum of buses', field, sums[field], totals[field][slot]!, 'MW'));
  // From the ends inwards: what a line carries is what its bus takes and what goes on from there.
  const through = taken.map((own) => ({ ...own }));
  lines.toReversed().forEach((line) => {
    through[line.from]!.mw += through[line.to]!.mw;
    through[line.from]!.mvar += through[line.to]!.mvar;
  });
  ledger.equal(claim('import at the root', 'bus root', through[0]!.mw, totals.importMw[slot]!, 'MW'));
  const squared = buses.map(() => feeder.rootPu ** 2);
  lines.forEach((line, l) => {
    const { mw, mvar } = through[line.to]!;
    const at = `line to bus ${buses[line.to]!.id}`;
    ledger.equal(claim('flow', at, answer.flowMw[l]![slot]!, mw, 'MW'));
    ledger.equal(claim('reactive flow', at, answer.flowMvar[l]![slot]!, mvar, 'Mvar'));
    if (line.limitMw !== null) ledger.most(claim('line limit', at, Math.abs(mw), line.limitMw, 'MW'));
    squared[line.to] = squared[line.from]! - (2 * (line.rOhm * mw + line.xOhm * mvar)) / baseKv ** 2;
  });
  buses.forEach((bus, b) => {
    const at = `bus ${bus.id}`;
    const voltage = Math.sqrt(Math.max(0, squared[b]!));
    ledger.equal(claim('voltage', at, answer.voltagePu[b]![slot]!, voltage, 'pu'));
    if (b === 0) return;
    ledger.least(claim('least voltage', at, voltage, feeder.minPu, 'pu'));
    ledger.most(claim('greatest voltage', at, voltage, feeder.maxPu, 'pu'));
  });
}

/** The bus of a station of the grid; null for any other terminal. */
function stationBus(problem: SmsProblem, terminal: Terminal | undefined, g: number): number | null {
  if (terminal?.kind !== 'station' || terminal.grid !== g) return null;
  return terminal.bus ?? problem.grids[g]!.feeder!.truckBus;
}

function truckNet(problem: SmsProblem, plan: SmsPlan, { g, bus }: { g: number; bus: number }, slot: number): number {
  return plan.trucks.reduce((sum, truck) => {
    const place = truck.terminalBySlot[slot];
    const terminal = place === null || place === undefined ? undefined : problem.terminals[place];
    const here = stationBus(problem, terminal, g) === bus;
    return here ? sum + truck.dischargeMw[slot]! - truck.chargeMw[slot]! : sum;
  }, 0);
}

/** The dispatch on a feeder as a program with cones, and the schedule read back. */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import { addBatteries } from './batteries.ts';
import { addBranchFlow, type BranchFlowSlot, type Injection, type SlotFlow } from './branch-flow.ts';
import { feederTree } from './feeder-tree.ts';
import type { FeederProblem } from './problem.ts';
import { addProjectedFlow } from './projected-flow.ts';
import { requireValidFeeder } from './require-valid.ts';
import type { FeederSchedule } from './schedule.ts';

export interface BuiltFeeder {
  program: LinearProgram;
  read: (solution: { objective: number; columns: ArrayLike<number> }) => FeederSchedule;
}

/** How the cones of branch flow are stated: each with its columns, or those of a slot together with the columns left out. */
export type ConeStatement = 'each' | 'projected';

/** @throws Refusal `bad-feeder` or `case-bad` when the problem contradicts itself. */
export function buildFeeder(problem: FeederProblem, cones: ConeStatement = 'each'): BuiltFeeder {
  requireValidFeeder(problem);
  const tree = feederTree(problem.feeder);
  const program = new ProgramBuilder(problem.name);
  const { slots, slotHours } = problem;
  const eachSlot = <Value>(make: (slot: number) => Value): Value[] => Array.from({ length: slots }, (_, t) => make(t));

  const wind = problem.wind.map((park, k) => ({
    active: eachSlot((t) =>
      program.addColumn({
        name: `wind ${k + 1} at bus ${park.bus}, slot ${t}`,
        lower: 0,
        upper: park.availableMw[t]!,
        cost: park.costPerMwh * slotHours,
      }),
    ),
    reactive: eachSlot((t) =>
      program.addColumn({
        name: `reactive power of wind ${k + 1} at bus ${park.bus}, slot ${t}`,
        lower: park.reactiveMvar[0],
        upper: park.reactiveMvar[1],
      }),
    ),
  }));
  const batteries = addBatteries(program, problem);

  const place = new Map(tree.buses.map((bus, index) => [bus, index]));
  const flows = eachSlot((slot): SlotFlow => {
    const injections = tree.buses.map((): { active: Term[]; reactive: Term[]; p: number; q: number } => ({
      active: [],
      reactive: [],
      p: 0,
      q: 0,
    }));
    const at = (bus: string) => injections[place.get(bus)!]!;
    for (const load of problem.loads) {
      at(load.bus).p -= load.pMw[slot]!;
      at(load.bus).q -= load.qMvar[slot]!;
    }
    problem.wind.forEach(({ bus }, k) => {
      at(bus).active.push([wind[k]!.active[slot]!, 1]);
      at(bus).reactive.push([wind[k]!.reactive[slot]!, 1]);
    });
    problem.batteries.forEach(({ bus }, b) =>
      at(bus).active.push([batteries[b]!.discharge[slot]!, 1], [batteries[b]!.charge[slot]!, -1]),
    );
    const made = injections.map(({ active, reactive, p, q }): Injection => ({
      active: { terms: active, constant: p },
      reactive: { terms: reactive, constant: q },
    }));
    const { feeder } = problem;
    const spec: BranchFlowSlot = {
      network: problem.network,
      slackVoltagePu: feeder.slackVoltagePu,
      squaredCurrentMaxPu: problem.squaredCurrentMaxPu,
      squaredVoltage: () => ({ lower: feeder.voltageMinPu ** 2, upper: feeder.voltageMaxPu ** 2 }),
      importMw: { lower: 0, upper: problem.importMaxMw },
      unitMw: 1,
      lineLimit: (_, limitMva) => ({ radius: limitMva, shifts: [[0, 0]] }),
      name: (what, bus) => `${what}${bus === null ? '' : ` of bus ${bus}`}, slot ${slot}`,
    };
    return cones === 'projected' && problem.network === 'branch-flow'
      ? addProjectedFlow(program, spec, tree, made)
      : addBranchFlow(program, spec, tree, made);
  });
  addBill(
    program,
    problem,
    flows.map(({ importMw }) => importMw),
  );

  return {
    program: program.compile(),
    read: ({ objective, columns }) => {
      const value = (column: Column): number => columns[column]!;
      const answers = flows.map((flow) => flow.read(value));
      return {
        objective,
        buses: tree.buses,
        importMw: flows.map(({ importMw }) => value(importMw)),
        importMvar: answers.map(({ importMvar }) => importMvar),
        windMw: wind.map(({ active }) => active.map(value)),
        windMvar: wind.map(({ reactive }) => reactive.map(value)),
        chargeMw: batteries.map(({ charge }) => charge.map(value)),
        dischargeMw: batteries.map(({ discharge }) => discharge.map(value)),
        energyMwh: batteries.map(({ energy }) => energy.map(value)),
        voltagePu: answers.map(({ voltagePu }) => voltagePu),
        lossMw: answers.map(({ suppliedLossMw }) => suppliedLossMw),
      };
    },
  };
}

/** Σ Δ price·import, and κ‖(Δ sd·price·import)_t‖ when the price is not known. */
function addBill(program: ProgramBuilder, problem: FeederProblem, imports: readonly Column[]): void {
  const { slotHours, pricePerMwh, priceEllipsoid } = problem;
  const bill = program.addColumn({ name: 'energy bill', lower: -Infinity, upper: Infinity, cost: 1 });
  program.addRow({
    name: 'energy bill',
    lower: 0,
    upper: 0,
    terms: [[bill, 1], ...imports.map((column, t): Term => [column, -slotHours * pricePerMwh[t]!])],
  });
  if (priceEllipsoid === null) return;
  const { kappa, sdShareOfPrice } = priceEllipsoid;
  const risk = program.addColumn({ name: 'price risk', lower: 0, upper: Infinity, cost: kappa });
  program.addCone({
    name: 'price risk',
    norm: imports.map((column, t) => ({
      terms: [[column, slotHours * sdShareOfPrice * Math.abs(pricePerMwh[t]!)]],
      constant: 0,
    })),
    bound: { terms: [[risk, 1]], constant: 0 },
    tolerance: 1e-6,
  });
}

/**
 * The independent re-check of a finished plan: every physical limit of docs/method/v2g.md in plain arithmetic on the numbers of the
 * schedule. It shares no code with the program that was solved, so that a mistake there cannot hide here.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { checkCoefficients } from './check-coefficients.ts';
import { checkCost } from './check-cost.ts';
import { checkEvs } from './check-evs.ts';
import { checkGas } from './check-gas.ts';
import { checkMesh } from './check-mesh.ts';
import { checkNetwork } from './check-network.ts';
import { checkObjectives } from './check-objectives.ts';
import { checkOffPlan } from './off-plan.ts';
import { checkPool } from './check-pool.ts';
import { checkResponses } from './check-responses.ts';
import { checkServices } from './check-services.ts';
import { checkShape } from './check-shape.ts';
import { checkStandby } from './check-standby.ts';
import { checkStays } from './check-stays.ts';
import { checkStorage } from './check-storage.ts';
import { checkSupply } from './check-supply.ts';
import { checkTrucks } from './check-trucks.ts';
import { isKeptByCar } from './kept-by-car.ts';
import { Ledger } from './ledger.ts';
import type { CheckReport } from './types.ts';

/**
 * Breaches are relative to the size of the limit (at least 1 of its unit) and worst first. Numbers that are missing or not finite are
 * breaches, never errors. Cars that nobody coordinates have no limits to check; their demand counts as `uncoordinatedKw`.
 */
export function checkPlan(problem: V2gProblem, schedule: V2gSchedule): CheckReport {
  const ledger = new Ledger();
  checkShape(problem, schedule, ledger);
  if (!ledger.clean) return ledger.report();
  checkSupply(problem, schedule, ledger);
  checkGas(problem, schedule, ledger);
  checkStorage(problem, schedule, ledger);
  checkTrucks(problem, schedule, ledger);
  checkStays(problem, schedule, ledger);
  if (problem.charging === 'coordinated') checkEvs(problem, schedule, ledger);
  checkPool(problem, schedule, ledger);
  if (isKeptByCar(problem)) checkStandby(problem, schedule, ledger);
  checkResponses(problem, schedule, ledger);
  checkOffPlan(problem, schedule, ledger);
  checkCoefficients(problem, schedule, ledger);
  checkServices(problem, schedule, ledger);
  checkCost(problem, schedule, ledger);
  checkObjectives(problem, schedule, ledger);
  if (problem.network) checkNetwork(problem, schedule, problem.network, ledger);
  if (problem.mesh) checkMesh(problem, schedule, problem.mesh, ledger);
  return ledger.report();
}

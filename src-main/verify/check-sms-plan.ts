/**
 * The independent re-check of a finished plan of shared mobile storage: every limit of docs/method/sms.md in plain arithmetic on the
 * numbers of the plan. It shares no code with the programs that were solved, so that a mistake there cannot hide here.
 */
import type { SmsPlan } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import { checkSmsFeeders } from './check-sms-feeders.ts';
import { checkSmsGrids } from './check-sms-grids.ts';
import { checkSmsMoney } from './check-sms-money.ts';
import { checkSmsRoutes } from './check-sms-routes.ts';
import { checkSmsTrucks } from './check-sms-trucks.ts';
import { Ledger } from './ledger.ts';
import type { CheckReport } from './types.ts';

/** Breaches are relative to the size of the limit (at least 1 of its unit) and worst first. Series of a wrong length are breaches. */
export function checkSmsPlan(problem: SmsProblem, plan: SmsPlan): CheckReport {
  const ledger = new Ledger();
  checkShape(problem, plan, ledger);
  if (!ledger.clean) return ledger.report();
  checkSmsRoutes(problem, plan, ledger);
  checkSmsTrucks(problem, plan, ledger);
  checkSmsGrids(problem, plan, ledger);
  checkSmsFeeders(problem, plan, ledger);
  checkSmsMoney(problem, plan, ledger);
  return ledger.report();
}

function checkShape(problem: SmsProblem, plan: SmsPlan, ledger: Ledger): void {
  const series = (what: string, values: readonly unknown[]): void => {
    if (values.length !== problem.slots)
      ledger.refuse('shape', `${what} has ${values.length} values for ${problem.slots} slots`);
  };
  const ids = (what: string, wanted: readonly { id: string }[], found: readonly { id: string }[]): void => {
    if (wanted.map(({ id }) => id).join() !== found.map(({ id }) => id).join())
      ledger.refuse('shape', `The plan's ${what} are not those of the problem`);
  };
  ids('trucks', problem.trucks, plan.trucks);
  ids('grids', problem.grids, plan.grids);
  ids('accounts', problem.grids, plan.settlement.grids);
  for (const truck of plan.trucks)
    for (const field of ['terminalBySlot', 'chargeMw', 'dischargeMw', 'energyMwh'] as const)
      series(`${field} of truck ${truck.id}`, truck[field]);
  for (const { id, feeder: _, answerShares: _shares, ...flows } of plan.grids)
    for (const [field, values] of Object.entries(flows)) series(`${field} of grid ${id}`, values);
  if (plan.priceUsdPerMwh.length !== problem.grids.length)
    ledger.refuse('shape', `There are prices for ${plan.priceUsdPerMwh.length} of ${problem.grids.length} grids`);
  plan.priceUsdPerMwh.forEach((prices, g) => series(`the price of grid ${g}`, prices));
}

/**
 * In which form an exact Wasserstein ball states its chance constraint along a whole scale, decided once, at the size that keeps the set's promise: where
 * the exact form gives no plan there in its time, or a dearer one, the CVaR form takes its place at every size, as it would in a plan of that size.
 */
import { chanceStatement } from '../../models/v2g/chance-statement.ts';
import type { SolveOptions, Solver } from '../../solver/solver.ts';
import { solveOnNetwork } from '../network/solve-on-network.ts';
import { chanceFormOf, chanceWords } from '../plan/chance-form.ts';
import { safeForm, solveChance } from '../plan/solve-chance.ts';
import type { SizedDay } from './sized-day.ts';

export async function decideForm(day: SizedDay, solver: Solver, options: SolveOptions): Promise<SizedDay> {
  if (day.kind !== 'wasserstein-exact') return day;
  const fitted = day.at(day.scale.fitted);
  // Days that are sorted end, however many.
  if (chanceStatement(fitted) !== 'binaries') return { ...day, chance: chanceWords(chanceFormOf(fitted, null)!) };
  const { chance } = await solveChance(fitted, options, (problem, stating) => solveOnNetwork(problem, solver, stating));
  const told = { ...day, chance: chanceWords(chance!) };
  return chance!.used === 'cvar' ? { ...told, at: (size) => safeForm(day.at(size)) } : told;
}

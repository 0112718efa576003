/** Grids: power balance, import and generator with their reserves, ramp, curtailment, and the margin of the chance constraint, each for itself or for each other. */
import type { SmsPlan } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import type { Claim, Ledger } from './ledger.ts';

export function checkSmsGrids(problem: SmsProblem, plan: SmsPlan, ledger: Ledger): void {
  problem.grids.forEach((grid, g) => {
    const answer = plan.grids[g]!;
    for (let slot = 0; slot < problem.slots; slot++) {
      const own = {
        bought: answer.importMw[slot]!,
        importReserve: answer.importReserveMw[slot]!,
        made: answer.generatorMw[slot]!,
        generatorReserve: answer.generatorReserveMw[slot]!,
        curtailed: answer.curtailMw[slot]!,
        unserved: answer.unservedMw[slot]!,
        dumped: answer.dumpMw[slot]!,
        emergencyReserve: answer.emergencyReserveMw[slot]!,
      };
      const claim = (limit: string, value: number, bound: number, scale?: number): Claim => ({
        limit: `grid ${limit}`,
        subject: `grid ${grid.id}`,
        slot,
        quantity: limit,
        value,
        bound,
        unit: 'MW',
        ...(scale === undefined ? {} : { scale }),
      });
      for (const [flow, value] of Object.entries(own)) ledger.least(claim(flow, value, 0));
      const { marginMw, exchanged } = demandsOn(problem, plan, { g, slot }, ledger);
      const { net, active } = trucksAt(problem, plan, g, slot);
      const supply = own.bought + own.made + own.unserved + net + grid.windMw[slot]! - own.curtailed - own.dumped;
      ledger.equal(claim('balance', supply, grid.loadMw[slot]!));
      ledger.most(claim('import', own.bought + own.importReserve + exchanged, grid.importCapMw));
      ledger.most(claim('import reserve', own.importReserve, grid.importReserveCapMw));
      ledger.most(claim('generator', own.made + own.generatorReserve, grid.generatorCapMw));
      ledger.most(claim('curtailment', own.curtailed, grid.windMw[slot]!));
      const reserve = own.curtailed + own.importReserve + own.generatorReserve + own.emergencyReserve;
      ledger.least(claim('downside margin', reserve, marginMw));
      if (grid.generatorRampMw !== null && slot > 0) {
        const step = Math.abs(own.made - answer.generatorMw[slot - 1]!);
        ledger.most(claim('generator ramp', step, grid.generatorRampMw));
      }
      if (active && !answer.active[slot])
        ledger.refuse('activity', `Grid ${grid.id} uses a truck in slot ${slot} and is not said to`);
    }
  });
}

/** Net power from the trucks at the grid's stations, and whether any of them works. */
function trucksAt(problem: SmsProblem, plan: SmsPlan, g: number, slot: number): { net: number; active: boolean } {
  let net = 0;
  let active = false;
  for (const truck of plan.trucks) {
    const place = truck.terminalBySlot[slot];
    const terminal = place === null || place === undefined ? undefined : problem.terminals[place];
    if (terminal?.kind !== 'station' || terminal.grid !== g) continue;
    net += truck.dischargeMw[slot]! - truck.chargeMw[slot]!;
    active ||= truck.dischargeMw[slot]! > 0 || truck.chargeMw[slot]! > 0;
  }
  return { net, active };
}

/** Reserve that the grid must hold, and what answers may bring over its connection. */
function demandsOn(
  problem: SmsProblem,
  plan: SmsPlan,
  { g, slot }: { g: number; slot: number },
  ledger: Ledger,
): { marginMw: number; exchanged: number } {
  const sharing = problem.reserveSharing;
  if (!sharing) return { marginMw: problem.grids[g]!.downsideMarginMw[slot]!, exchanged: 0 };
  const shares = plan.grids[g]!.answerShares?.[slot];
  if (shares?.length !== problem.grids.length) {
    ledger.refuse('answers', `Grid ${problem.grids[g]!.id} is not said to answer any wind in slot ${slot}`);
    return { marginMw: NaN, exchanged: NaN };
  }
  const mean = sharing.meanMw[slot]!;
  const covariance = sharing.covarianceMw2[slot]!;
  const alone = Math.max(0, sharing.factor * Math.sqrt(covariance[g]![g]!) - mean[g]!);
  let [shift, variance, exchanged] = [0, 0, 0];
  shares.forEach((share, h) => {
    const claim = {
      limit: 'share answered',
      subject: `grid ${problem.grids[g]!.id}`,
      slot,
      quantity: 'share',
      unit: '',
    };
    ledger.least({ ...claim, value: share, bound: 0 });
    shift -= mean[h]! * share;
    shares.forEach((other, i) => (variance += share * other * covariance[h]![i]!));
    if (h === g) exchanged = alone * (1 - share);
    if (g !== 0) return;
    const sum = plan.grids.reduce((total, { answerShares }) => total + (answerShares?.[slot]?.[h] ?? NaN), 0);
    ledger.equal({ ...claim, limit: 'wind answered', subject: `grid ${problem.grids[h]!.id}`, value: sum, bound: 1 });
  });
  return { marginMw: shift + sharing.factor * Math.sqrt(Math.max(0, variance)), exchanged };
}

/** Products offered beside energy: one check for each, the connection they go through, and that nothing is offered that was not asked for. */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { checkPeak } from './check-peak.ts';
import { checkRegulation } from './check-regulation.ts';
import { checkReserveAreas } from './check-reserve-areas.ts';
import { checkVoltageSupport } from './check-voltage-support.ts';
import { connectionRoom } from './connection-room.ts';
import type { Ledger } from './ledger.ts';

export function checkServices(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  if (!problem.services && !schedule.services) return;
  checkReserveAreas(problem, schedule, ledger);
  checkRegulation(problem, schedule, ledger);
  checkPeak(problem, schedule, ledger);
  checkVoltageSupport(problem, schedule, ledger);
  checkConnection(problem, schedule, ledger);
}

/** What others may call goes through the connection beside what is traded. */
function checkConnection(problem: V2gProblem, schedule: V2gSchedule, ledger: Ledger): void {
  const { regulation, reserve } = schedule.services ?? {};
  if (problem.grid === null || (!regulation && !reserve)) return;
  for (let slot = 0; slot < problem.slots; slot++) {
    const offered = regulation
      ? [...regulation.gasKw, ...regulation.storageKw, ...regulation.evKw].reduce((sum, own) => sum + own[slot]!, 0)
      : 0;
    const beyond = (problem.services?.reserve?.areas ?? []).reduce(
      (sum, area, a) => sum + (reserve?.offeredKw[a]![slot] ?? 0) - area.requiredKw[slot]!,
      0,
    );
    const room = connectionRoom(problem, schedule, slot);
    const own = { limit: 'services through the connection', subject: 'grid', slot, unit: 'kW' };
    const scale = Math.max(problem.grid.importLimitKw, problem.grid.exportLimitKw);
    ledger.most({ ...own, quantity: 'regulation downwards', value: offered, bound: room.inKw, scale });
    ledger.most({ ...own, quantity: 'regulation and reserve upwards', value: offered + beyond, bound: room.outKw, scale }); // prettier-ignore
  }
}

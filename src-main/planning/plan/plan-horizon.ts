/** The slots of a plan as times: those of the site it was made for, whatever the site has become since. */
import { dayHorizon, type Horizon, type SlotMinutes } from '../../base/horizon.ts';
import type { PlanRecord } from '../ports.ts';

export function planHorizon({ day, problem, provenance }: PlanRecord): Horizon {
  return dayHorizon(day, provenance.zone, (problem.slotHours * 60) as SlotMinutes);
}

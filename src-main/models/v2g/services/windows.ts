/** Windows of the regulation signals: whole slots from the start of the day, the last as long as the day is. */
import type { V2gProblem } from '../problem.ts';
import type { RegulationService } from './services.ts';

export interface SignalWindow {
  from: number;
  until: number;
  /** Most the market takes in every slot of it. */
  mostKw: number;
}

export function windowsOf({ slots }: V2gProblem, { signals, mostKw }: RegulationService): SignalWindow[] {
  const { windowSlots } = signals;
  return Array.from({ length: Math.ceil(slots / windowSlots) }, (_, index) => {
    const from = index * windowSlots;
    const until = Math.min(slots, from + windowSlots);
    return { from, until, mostKw: Math.min(...mostKw.slice(from, until)) };
  });
}

/** How far a site's cars may be off plan: fitted per aggregator from what its sessions did beside what was planned of them, and put into a fleet. */
import type { Horizon } from '../../base/horizon.ts';
import type { BehaviourDay } from '../../forecast/behaviour-days.ts';
import type { Ev } from '../../models/v2g/problem.ts';
import { fitBehaviour, type BehaviourSet } from '../../uncertainty/fit-behaviour.ts';
import type { AggregatorSite } from '../site.ts';
import type { Fleet } from './fleet.ts';

export interface AggregatorBehaviour {
  id: string;
  name: string;
  /** Cars of an average day. */
  cars: number;
  /** Cars away at once; sessions of the set times the cars each stands for, rounded up. */
  carsAtOnce: number;
  /** Energy a car of the site comes with less at most, kWh in its battery. */
  lackKwh: number;
  /** Null with too few days to learn from. */
  set: BehaviourSet | null;
}

export function fitCarBehaviour(
  aggregators: readonly AggregatorSite[],
  days: readonly (readonly BehaviourDay[])[],
  nominal: number,
): AggregatorBehaviour[] {
  return aggregators.map(({ id, name, carsPerSession, efficiency }, a) => {
    const set = fitBehaviour(days[a] ?? [], nominal);
    return {
      id,
      name,
      cars: (set?.sessionsPerDay ?? 0) * carsPerSession,
      carsAtOnce: Math.ceil((set?.atOnce ?? 0) * carsPerSession - 1e-9),
      lackKwh: efficiency * (set?.moreKwh ?? 0),
      set,
    };
  });
}

export interface DoubtedFleet {
  evs: Ev[];
  /** [aggregator] */
  carsOffPlan: number[];
  notes: string[];
}

/**
 * The fleet with what each car may do. A car that stood there at midnight is not late, one that stays over midnight leaves early by what of it falls
 * into the day, and none is taken to come with less than its least energy.
 */
export function doubtedFleet(
  { evs, stays }: Pick<Fleet, 'evs' | 'stays'>,
  behaviours: readonly AggregatorBehaviour[],
  { slots, slotMinutes }: Horizon,
): DoubtedFleet {
  const unknown = behaviours.filter(({ set }) => set === null).map(({ name }) => name);
  return {
    evs: evs.map((ev, i) => {
      const { set, lackKwh } = behaviours[ev.aggregator]!;
      if (set === null) return ev;
      const { startSlot, endSlot } = stays[i]!;
      const length = ev.departureSlot - ev.arrivalSlot;
      const late = startSlot < 0 ? 0 : Math.ceil(set.lateMinutes / slotMinutes);
      const early = Math.max(0, Math.ceil(set.earlyMinutes / slotMinutes) - Math.max(0, endSlot - slots));
      const lack = Math.min(ev.cars * lackKwh, Math.max(0, ev.initialKwh - ev.minKwh));
      const mayBe = { lateSlots: Math.min(late, length), earlySlots: Math.min(early, length), lackKwh: lack };
      return { ...ev, mayBe };
    }),
    carsOffPlan: behaviours.map(({ set, carsAtOnce }) => (set === null ? 0 : carsAtOnce)),
    notes:
      unknown.length === 0
        ? []
        : [
            `Too few days of sessions to say how cars of ${unknown.join(', ')} behave: they are taken to keep to their plan.`,
          ],
  };
}

/** What the screens show of it. */
export function behaviourView({ id, name, cars, carsAtOnce, lackKwh, set }: AggregatorBehaviour) {
  if (set === null) return { id, name, set: null };
  const { nominal, days, lateMinutes, earlyMinutes, coverage } = set;
  return { id, name, set: { nominal, days, cars, lateMinutes, earlyMinutes, lackKwh, carsAtOnce, coverage } };
}

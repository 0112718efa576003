/**
 * The day of a site in the steps of its trucks: a small problem whose routes are good ones for the day itself. Powers are means of the step, the
 * worst deviation is part of the load, cars with the same stay are one, and nothing is committed; what single slots were given is left out.
 */
import { worstDeviation } from './build-v2g.ts';
import type { Ev, V2gProblem } from './problem.ts';

/** @param problem with trucks. */
export function coarseDay(problem: V2gProblem): V2gProblem {
  const fleet = problem.trucks!;
  const per = fleet.slotsPerStep;
  const slots = problem.slots / per;
  const mean = (values: ArrayLike<number>): number[] =>
    Array.from({ length: slots }, (_, step) => {
      let sum = 0;
      for (let slot = step * per; slot < (step + 1) * per; slot++) sum += values[slot]!;
      return sum / per;
    });
  const deviation = worstDeviation(problem);
  const { grid } = problem;
  return {
    name: `${problem.name}, in steps`,
    currency: problem.currency,
    slots,
    slotHours: problem.slotHours * per,
    loadKw: mean(problem.loadKw.map((kw, slot) => kw + deviation[slot]!)),
    wind: problem.wind.map(({ id, name, availableKw, maintenancePerKwh }) => ({
      id,
      name,
      availableKw: mean(availableKw),
      maintenancePerKwh,
    })),
    gas: problem.gas.map(({ maxKwAt: _most, leastKwAt: _least, pinnedKw: _pinned, ...unit }) => ({
      ...unit,
      minKw: 0,
      commitment: 'always-on',
      initial: { state: 'free' },
      rampKwPerHour: 1e6,
    })),
    storage: problem.storage.map(
      ({ chargeKwAt: _in, dischargeKwAt: _out, minKwhAt: _least, maxKwhAt: _most, pinnedKw: _held, ...unit }) => unit,
    ),
    trucks: { ...fleet, slotsPerStep: 1 },
    grid: grid && {
      importLimitKw: grid.importLimitKw,
      exportLimitKw: grid.exportLimitKw,
      buyPerKwh: mean(grid.buyPerKwh),
      sellPerKwh: mean(grid.sellPerKwh),
    },
    aggregators: problem.aggregators.map(({ id, name }) => ({ id, name })),
    evs: problem.charging === 'coordinated' ? together(problem.evs, per, slots) : [],
    throughputPerKwh: problem.throughputPerKwh,
    dischargePerKwh: problem.dischargePerKwh,
    unmetPerKwh: problem.unmetPerKwh,
    lossShare: problem.lossShare,
    reserve: { shareOfLoad: 0, counts: 'installed' },
    uncertainty: { components: [], protection: 0 },
    recourse: 0,
    charging: problem.charging,
    uncoordinatedKw: problem.uncoordinatedKw.map(mean),
  };
}

/** Cars that come and go in the same steps, as one. */
function together(evs: readonly Ev[], per: number, slots: number): Ev[] {
  const stays = Map.groupBy(evs, (ev) => {
    const from = Math.max(0, Math.ceil(ev.arrivalSlot / per));
    return `${from} ${Math.min(slots, Math.floor(ev.departureSlot / per))}`;
  });
  return [...stays].flatMap(([key, own]): Ev[] => {
    const [arrivalSlot, departureSlot] = key.split(' ').map(Number) as [number, number];
    if (arrivalSlot >= departureSlot) return [];
    const sum = (read: (ev: Ev) => number): number => own.reduce((total, ev) => total + read(ev), 0);
    return [
      {
        ...own[0]!,
        id: key,
        aggregator: 0,
        arrivalSlot,
        departureSlot,
        cars: sum(({ cars }) => cars),
        capacityKwh: sum(({ capacityKwh }) => capacityKwh),
        initialKwh: sum(({ initialKwh }) => initialKwh),
        minKwh: sum(({ minKwh }) => minKwh),
        maxKwh: sum(({ maxKwh }) => maxKwh),
        requiredKwh: sum(({ requiredKwh }) => requiredKwh),
        chargeKw: sum(({ chargeKw }) => chargeKw),
        dischargeKw: sum(({ dischargeKw }) => dischargeKw),
      },
    ];
  });
}

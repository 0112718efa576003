/** What-if targets at departure: of the cars of an aggregator that leave at the end of a slot of the range. */
import { Refusal } from '../../base/errors.ts';
import type { Ev, V2gProblem } from '../../models/v2g/problem.ts';
import { valueWords } from './edit-words.ts';
import type { DeviceEdit, PlanEdit } from './plan-edit.ts';

type DepartureEdit = DeviceEdit & { field: 'aggregator.departureShare' | 'aggregator.departureKwh' };

const isDeparture = (edit: PlanEdit): edit is DepartureEdit =>
  edit.field === 'aggregator.departureShare' || edit.field === 'aggregator.departureKwh';

/** @throws Refusal `bad-request` when no car of the aggregator leaves in the range, `out-of-range` for more than they can hold. */
export function applyDepartures(problem: V2gProblem, edits: readonly PlanEdit[]): Ev[] {
  return edits.filter(isDeparture).reduce((evs, edit) => {
    const aggregator = problem.aggregators.findIndex(({ id }) => id === edit.id);
    const leaves = (ev: Ev): boolean => {
      const slot = Math.min(problem.slots, ev.departureSlot) - 1;
      return ev.aggregator === aggregator && edit.fromSlot <= slot && slot <= edit.toSlot;
    };
    const capacityKwh = evs.reduce((sum, ev) => sum + (leaves(ev) ? ev.capacityKwh : 0), 0);
    if (capacityKwh === 0)
      throw new Refusal('bad-request', {
        call: edit.field,
        problem: `no car of ${problem.aggregators[aggregator]?.name ?? edit.id} leaves in these slots`,
      });
    const mostKwh = evs.reduce((sum, ev) => sum + (leaves(ev) ? ev.maxKwh : 0), 0);
    if (edit.field === 'aggregator.departureKwh' && edit.value > mostKwh)
      throw new Refusal('out-of-range', {
        what: `${problem.aggregators[aggregator]!.name}: energy at departure`,
        value: valueWords(edit.value, 'kWh'),
        range: `at most ${valueWords(mostKwh, 'kWh')}, what the cars that leave in these slots can hold`,
      });
    const share = edit.field === 'aggregator.departureShare' ? edit.value : edit.value / capacityKwh;
    return evs.map((ev) => (leaves(ev) ? { ...ev, requiredKwh: Math.min(ev.maxKwh, share * ev.capacityKwh) } : ev));
  }, problem.evs);
}

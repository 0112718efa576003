/** One sentence that lists the limits in a conflict, each kind once with the slots it spans, where no single number tells the story. */
import type { NameParts } from '../../models/v2g/names.ts';
import type { GasUnit, V2gProblem } from '../../models/v2g/problem.ts';
import { mostKwAt, valueAt } from '../../models/v2g/slot-values.ts';
import { kw, type SlotName } from './conflict-words.ts';

/** Definitions that hold in any plan; they explain nothing to an operator. */
const bookkeeping =
  /^(energy balance|active balance|reactive balance|voltage drop|active flow|reactive flow|current|deviation absorbed|energy set aside|parts of the cars|no more charge at worst|no less discharge at worst|no less charge than none|standby|no more standby|output in cost segments|cost segment|on, start|start$|stop$)/;

export function listLimits(problem: V2gProblem, parts: readonly NameParts[], slotName: SlotName): string {
  const telling = parts.filter((part) => !bookkeeping.test(part.what));
  const groups = new Map<string, number[]>();
  for (const part of telling.length > 0 ? telling : parts) {
    const label = labelOf(problem, part);
    groups.set(label, [...(groups.get(label) ?? []), ...(part.slot === null ? [] : [part.slot])]);
  }
  const phrases = [...groups].map(([label, slots]) => {
    if (slots.length === 0) return label;
    const [first, last] = [slotName(Math.min(...slots)), slotName(Math.max(...slots))];
    return first === last ? `${label} (${first})` : `${label} (${first} to ${last})`;
  });
  return `These limits cannot hold together: ${phrases.join('; ')}.`;
}

function labelOf(problem: V2gProblem, part: NameParts): string {
  switch (part.kind) {
    case 'gas': {
      const unit = problem.gas.find(({ id }) => id === part.id);
      return unit ? gasLabel(problem, unit, part) : `gas unit ${part.id}: ${part.what}`;
    }
    case 'wind':
      return `${problem.wind.find(({ id }) => id === part.id)?.name ?? part.id}: ${part.what}`;
    case 'storage':
      return `${problem.storage.find(({ id }) => id === part.id)?.name ?? part.id}: ${part.what}`;
    case 'ev': {
      const aggregator = problem.aggregators[problem.evs.find(({ id }) => id === part.id)?.aggregator ?? -1];
      const flow = /^(dis)?charge( at worst)?$/.test(part.what);
      return `${aggregator ? `EVs of ${aggregator.name}` : `EV ${part.id}`}: ${flow ? 'power of the chargers' : part.what}`;
    }
    case 'aggregator':
      return `${problem.aggregators.find(({ id }) => id === part.id)?.name ?? part.id}: ${part.what}`;
    case 'pool':
      return part.what === 'power' || part.what === 'energy'
        ? `${part.what} the EV pool must keep for departures and deviations`
        : `EV pool: ${part.what}`;
    case 'truck':
      return `${problem.trucks?.trucks.find(({ id }) => id === part.id)?.name ?? part.id}: ${part.what}`;
    case 'station':
      return `${problem.trucks?.places.find(({ id }) => id === part.id)?.name ?? part.id}: ${part.what}`;
    case 'rented':
      return `${problem.stays?.find(({ id }) => id === part.id)?.name ?? part.id}: ${part.what}`;
    case 'grid':
      return gridLabel(problem, part);
    case 'network': {
      const line = part.what.startsWith('line limit');
      return line
        ? `what the line to bus ${part.id} may carry`
        : part.what.startsWith('rating')
          ? `the rating of the converter at bus ${part.id}`
          : `the voltage limits at bus ${part.id}`;
    }
    case 'line':
      return `what line ${part.id} may carry`;
    case 'balance':
      return 'the load to be met';
    case 'reserve':
      return 'the reserve to be held';
    case 'area':
      return `the reserve of ${problem.services?.reserve?.areas.find(({ id }) => id === part.id)?.name ?? part.id}`;
    case 'regulation':
      return 'the regulation the market takes';
    case 'peak':
      return part.what === 'cap' ? 'the cap on the peak' : 'the highest slot of the day';
    case 'voltage':
      return `the reactive power of ${problem.services?.voltage?.find(({ id }) => id === part.id)?.name ?? part.id}`;
    case 'response':
      return 'the shares of a deviation that single resources take';
    case 'objective':
      return 'what objectives optimised before must keep';
  }
}

function gridLabel({ grid }: V2gProblem, { what, slot }: NameParts): string {
  if (!grid || slot === null) return `grid ${what}`;
  if (what === 'purchase')
    return `the grid gives at most ${kw(valueAt(grid.importLimitKwAt, slot, grid.importLimitKw))}`;
  return what === 'sale'
    ? `the grid takes at most ${kw(valueAt(grid.exportLimitKwAt, slot, grid.exportLimitKw))}`
    : `grid ${what}`;
}

function gasLabel({ slotHours }: V2gProblem, unit: GasUnit, { what, slot }: NameParts): string {
  switch (what.replace(/ \(segment \d+\)$/, '')) {
    case 'ramp up':
    case 'ramp down':
      return `${unit.name} changes by at most ${kw(unit.rampKwPerHour * slotHours)} in a slot`;
    case 'minimum time on':
      return `${unit.name} stays on for at least ${unit.minimumUpHours} h`;
    case 'minimum time off':
      return `${unit.name} stays off for at least ${unit.minimumDownHours} h`;
    case 'on':
      return `${unit.name} is still ${unit.initial.state === 'on' ? 'on' : 'off'} from before the day`;
    case 'least output when on':
      return `${unit.name} gives at least ${kw(unit.minKw)} when on`;
    case 'most output when on':
    case 'output': {
      const pinnedKw = slot === null ? null : (unit.pinnedKw?.[slot] ?? null);
      const mostKw = slot === null ? unit.maxKw : mostKwAt(unit, slot);
      if (pinnedKw !== null) return `${unit.name} is held at ${kw(pinnedKw)}`;
      return mostKw === 0 ? `${unit.name} is out of service` : `${unit.name} gives at most ${kw(mostKw)}`;
    }
    default:
      return `${unit.name}: ${what}`;
  }
}

/** A terminal that no truck can get to, or from which none gets home, is a mistake in the roads or in the terminals. */
import { Refusal } from '../../../base/errors.ts';
import type { Closure } from './close-terminals.ts';

const mostNamed = 5;

/** @throws Refusal `routes-impossible` naming the pairs without a way. */
export function requireReachable({ unreachable }: Pick<Closure, 'unreachable'>): void {
  if (unreachable.length === 0) return;
  const named = unreachable.slice(0, mostNamed).map(({ from, to }) => `from ${from} to ${to}`);
  const more = unreachable.length > mostNamed ? ` and ${unreachable.length - mostNamed} more pairs` : '';
  throw new Refusal('routes-impossible', { problem: `there is no way ${named.join(', ')}${more}` });
}

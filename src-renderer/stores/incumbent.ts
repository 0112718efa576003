import type { JobPayload } from '../../src-main/contract/desk.ts';
import type { RoutingStore } from './routing.svelte.ts';

/** Whether a job has found something that could be used before it ends. */
export function hasIncumbent({ kind, detail }: JobPayload, { rounds }: Pick<RoutingStore, 'rounds'>): boolean {
  if (kind === 'sms') return rounds.some(({ incumbent }) => incumbent !== null);
  return (kind === 'plan' || kind === 'draft') && /incumbent\s+\S*\d/.test(detail);
}

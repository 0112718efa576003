import type { Screen } from '../stores/route.svelte.ts';

/** The screens of the rail, in the order of their keys Ctrl+1 … Ctrl+8. */
export const screenList: readonly { screen: Screen; name: string; asks: string; keys: string }[] = [
  { screen: 'overview', name: 'Overview', asks: 'Is tomorrow planned, and what needs me?', keys: 'Ctrl+1' },
  { screen: 'telemetry', name: 'Telemetry & quality', asks: 'What came in, and may I trust it?', keys: 'Ctrl+2' },
  { screen: 'uncertainty', name: 'Uncertainty', asks: 'What could happen tomorrow?', keys: 'Ctrl+3' },
  { screen: 'schedule', name: 'Schedule', asks: 'Who supplies each slot?', keys: 'Ctrl+4' },
  { screen: 'risk', name: 'Risk', asks: 'What does more safety cost?', keys: 'Ctrl+5' },
  { screen: 'routing', name: 'Routing', asks: 'Where is each truck, and which grid pays what?', keys: 'Ctrl+6' },
  { screen: 'market', name: 'Market', asks: 'What do I bid, and how sure are the odds?', keys: 'Ctrl+7' },
  { screen: 'network', name: 'Network', asks: 'Which bus is nearest its limit, when, and why?', keys: 'Ctrl+8' },
];

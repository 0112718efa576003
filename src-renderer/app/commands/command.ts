/** What a command is, and why it cannot be done where something is missing. */
import type { Stores } from '../../stores/stores.svelte.ts';

export interface Command {
  id: string;
  group: 'Screens' | 'Plan' | 'Data' | 'Help';
  name: string;
  keys?: string;
  /** Why it cannot be done now; null when it can. */
  why: string | null;
  run: () => void;
}

export interface FrameActs {
  openPalette(): void;
  openKeyMap(): void;
  openOperator(): void;
  openBackup(): void;
  walkPanes(direction: 'forward' | 'back'): void;
}

/** What a key does depends on the screen: name, reason and act of a command whose place is fixed. */
export type Act = Pick<Command, 'name' | 'why' | 'run'>;

export const noSite = (stores: Stores): string | null =>
  stores.desk.site === null ? 'No site has been set up yet.' : null;
export const noDay = (stores: Stores): string | null =>
  stores.desk.day === null ? 'There is no telemetry to plan from.' : null;

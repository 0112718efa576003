/** What travels between a helper's thread and who asks it. */

/** Handed to the thread at its start. */
export interface HelperStart {
  trade: string;
  known: unknown;
}

/** One per request, in their order; `broken` at any time, and then nothing more. */
export type ThreadReply = { kind: 'answer'; answer: unknown } | { kind: 'broken'; problem: string };

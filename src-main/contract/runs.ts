/** The record of long work: what was asked by whom, and what came of it. */
import { z } from 'zod';
import { errorReport } from './error-report.ts';

export const run = z.object({
  id: z.number(),
  /** As a job's; a newer desk may know kinds that this one does not. */
  kind: z.string(),
  title: z.string(),
  /** Its options as plain data. */
  asked: z.unknown(),
  operator: z.string(),
  startedAtMs: z.number(),
  /** Null while it runs, and when its end is not known. */
  endedAtMs: z.number().nullable(),
  /** Null while it runs; 'lost' when its process went away without telling the end. */
  outcome: z.enum(['done', 'cancelled', 'failed', 'lost']).nullable(),
  /** What came of it, in a line of numbers. */
  said: z.string(),
  /** What it made: id of a plan, a set or a batch, or a file. */
  result: z.string().nullable(),
  error: errorReport.nullable(),
});
export type RunPayload = z.infer<typeof run>;

export const runCalls = {
  /** Newest first. */
  'runs.list': {
    request: z.object({ offset: z.number().int().min(0), limit: z.number().int().min(0).max(1000) }),
    response: z.object({ total: z.number(), runs: z.array(run) }),
  },
};

/** The contract's typed client over the core of this process, with refusals thrown and jobs awaited: what commands are made of. */
import { Refusal, type ErrorReport } from '../../base/errors.ts';
import type { CallName, Reply, Request, Response } from '../../contract/calls.ts';
import { createClient } from '../../contract/client.ts';
import type { JobPayload } from '../../contract/desk.ts';
import type { CommandContext } from './command.ts';

type JobCall = { [Name in CallName]: Response<Name> extends { jobId: string } ? Name : never }[CallName];

export interface Ask {
  /** @throws Refusal what the core refused */
  <Name extends CallName>(name: Name, request: Request<Name>): Promise<Response<Name>>;
}

export async function createAsk(context: CommandContext): Promise<Ask> {
  const client = await clientOf(context);
  return async (name, request) => valueOf(await client.call(name, request));
}

/** Starts a job and waits for its end; Ctrl+C cancels it. @throws Refusal why it failed or was cancelled */
export async function runJob<Name extends JobCall>(
  context: CommandContext,
  name: Name,
  request: Request<Name>,
): Promise<unknown> {
  const client = await clientOf(context);
  const seen = new Map<string, JobPayload>();
  let wake = () => {};
  const stopListening = client.on('job', (job) => {
    seen.set(job.id, job);
    wake();
  });
  try {
    const { jobId } = valueOf(await client.call(name, request)) as { jobId: string };
    const forget = context.signal.onCancel(() => void client.call('jobs.cancel', { jobId }));
    for (;;) {
      const job = seen.get(jobId);
      if (job) context.output.progress(progressLine(job));
      if (job && job.state !== 'running' && job.state !== 'cancelling') {
        forget();
        return resultOf(job);
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stopListening();
  }
}

async function clientOf(context: CommandContext) {
  const core = await context.core();
  return createClient({
    call: core.dispatch,
    subscribe: core.onEvent,
    upload: () => Promise.reject(new Error('commands hand their files to the core themselves')),
  });
}

function valueOf<Value>(reply: Reply<Value>): Value {
  if (!reply.ok) throw asRefusal(reply.error);
  return reply.value;
}

function resultOf(job: JobPayload): unknown {
  if (job.state === 'done') return job.result;
  throw job.error ? asRefusal(job.error as ErrorReport) : new Refusal('cancelled', { what: job.title });
}

export function asRefusal({ code, details }: ErrorReport): Refusal {
  return new Refusal(code, details);
}

function progressLine(job: JobPayload): string {
  const phase = job.phases[job.phase] ?? job.title;
  const share = job.share === null ? '' : ` ${Math.round(job.share * 100)} %`;
  return `${phase}${share} ${job.detail}`.slice(0, 100);
}

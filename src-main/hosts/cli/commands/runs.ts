import type { RunPayload } from '../../../contract/runs.ts';
import { createAsk } from '../ask.ts';
import { exitCodes, numberOption, wrongUsage, type Command } from '../command.ts';
import { instant, number, table } from '../table.ts';

const listedUnlessSaid = 20;
const mostListed = 1000;

export const runsCommand: Command = {
  name: 'runs',
  takes: '',
  summary: 'Long work done in this database, newest first: what was asked by whom, and what came of it.',
  options: { limit: { type: 'string', value: 'N', help: `How many; ${listedUnlessSaid} unless said otherwise.` } },
  async run(context) {
    if (context.positionals.length > 0) throw wrongUsage('runs takes no file and no id.');
    const limit = numberOption(context.values, 'limit') ?? listedUnlessSaid;
    if (!Number.isInteger(limit) || limit < 1 || limit > mostListed)
      throw wrongUsage(`--limit takes 1 to ${mostListed}, not ${limit}.`);
    const ask = await createAsk(context);
    const listed = await ask('runs.list', { offset: 0, limit });
    const { site } = await ask('desk.state', {});
    context.output.result(listed, () => runsText(listed, site?.zone ?? 'UTC'));
    return exitCodes.done;
  },
};

function runsText({ total, runs }: { total: number; runs: RunPayload[] }, zone: string): string {
  if (total === 0) return 'Nothing has been run yet.';
  const listed = table(
    ['run', 'began', 'work', 'operator', 'seconds', 'outcome', 'what came of it'],
    runs.map((run) => [
      run.id,
      instant(run.startedAtMs, zone),
      run.title,
      run.operator,
      run.endedAtMs === null ? '–' : number((run.endedAtMs - run.startedAtMs) / 1000),
      run.outcome ?? 'running',
      run.error?.message ?? [run.said, run.result ?? ''].filter((text) => text !== '').join(' · '),
    ]),
  );
  return total > runs.length ? `${listed}\n\nand ${total - runs.length} before these (--limit lists more).` : listed;
}

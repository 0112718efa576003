import { createAsk } from '../ask.ts';
import { exitCodes, wrongUsage, type Command } from '../command.ts';
import { number, percent, table } from '../table.ts';

export const plansCommand: Command = {
  name: 'plans',
  takes: '',
  summary: 'The plans of the database, newest first: verify takes their ids.',
  options: { day: { type: 'string', value: 'YYYY-MM-DD', help: 'Plans of this day only.' } },
  async run(context) {
    const { day } = context.values;
    if (context.positionals.length > 0) throw wrongUsage('plans takes no file and no id.');
    if (typeof day === 'string' && !/^\d{4}-\d\d-\d\d$/.test(day))
      throw wrongUsage(`--day takes YYYY-MM-DD, not "${day}".`);
    const ask = await createAsk(context);
    const listed = await ask('plan.list', typeof day === 'string' ? { day } : {});
    const plans = listed.toSorted((a, b) => b.createdAtMs - a.createdAtMs);
    context.output.result(plans, () =>
      plans.length === 0
        ? 'No plan has been made yet.'
        : table(
            ['id', 'day', 'status', 'α', 'cost', 'currency', 'gap', 'check'],
            plans.map(({ id, day, status, protection, totalCost, currency, gap, passed }) => [
              id,
              day,
              status,
              number(protection, 2),
              number(totalCost, 2),
              currency,
              percent(gap ?? NaN, 3),
              passed ? 'passed' : 'FAILED',
            ]),
          ),
    );
    return exitCodes.done;
  },
};

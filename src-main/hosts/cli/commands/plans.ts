import type { PlanSummaryPayload } from '../../../contract/plan.ts';
import type { SmsSummaryPayload } from '../../../contract/sms.ts';
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
    const wish = typeof day === 'string' ? { day } : {};
    const listed = await ask('plan.list', wish);
    const ofTrucks = (await ask('sms.list', wish)).toSorted((a, b) => b.createdAtMs - a.createdAtMs);
    const plans = listed.toSorted((a, b) => b.createdAtMs - a.createdAtMs);
    const document = [...plans, ...ofTrucks.map((plan) => ({ ...plan, kind: 'trucks' }))];
    context.output.result(document, () => [dayPlans(plans), ...truckPlans(ofTrucks)].join('\n\n'));
    return exitCodes.done;
  },
};

function dayPlans(plans: readonly PlanSummaryPayload[]): string {
  return plans.length === 0
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
      );
}

function truckPlans(plans: readonly SmsSummaryPayload[]): string[] {
  if (plans.length === 0) return [];
  return [
    table(
      ['plan of trucks', 'day', 'status', 'ε', 'margin', 'profit', 'grids save', 'currency', 'gap', 'demands', 'check'],
      plans.map((plan) => [
        plan.id,
        plan.day,
        plan.status,
        percent(plan.epsilon),
        plan.margin,
        number(plan.ownerProfit, 2),
        number(plan.usersSaving, 2),
        plan.currency,
        percent(plan.gap ?? NaN, 2),
        number(plan.overrides, 0),
        plan.passed ? 'passed' : 'FAILED',
      ]),
    ),
  ];
}

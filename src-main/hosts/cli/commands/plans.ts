import type { PlanSummaryPayload } from '../../../contract/plan.ts';
import type { SmsSummaryPayload } from '../../../contract/sms.ts';
import { createAsk } from '../ask.ts';
import { exitCodes, wrongUsage, type Command } from '../command.ts';
import { requireDay } from '../day-option.ts';
import { number, percent, table } from '../table.ts';

export const plansCommand: Command = {
  name: 'plans',
  takes: '',
  summary: 'The plans of the database, newest first: verify takes their ids.',
  options: {
    day: { type: 'string', value: 'YYYY-MM-DD', help: 'Plans of this day only.' },
    all: { type: 'boolean', help: 'Those set aside too.' },
  },
  async run(context) {
    const { all, day } = context.values;
    if (context.positionals.length > 0) throw wrongUsage('plans takes no file and no id.');
    const wish = typeof day === 'string' ? { day: requireDay('day', day) } : {};
    const ask = await createAsk(context);
    const [ofDays, ofTrucks] = [await ask('plan.list', wish), await ask('sms.list', wish)];
    const shown = <Plan extends { setAside: boolean; createdAtMs: number }>(plans: readonly Plan[]): Plan[] =>
      plans.filter(({ setAside }) => all === true || !setAside).toSorted((a, b) => b.createdAtMs - a.createdAtMs);
    const document = [...shown(ofDays), ...shown(ofTrucks).map((plan) => ({ ...plan, kind: 'trucks' }))];
    const { database } = await ask('desk.state', {});
    context.output.result(document, () =>
      [
        dayPlans(shown(ofDays)),
        ...truckPlans(shown(ofTrucks)),
        sizeLine([...ofDays, ...ofTrucks], document.length, database.bytes),
      ].join('\n\n'),
    );
    return exitCodes.done;
  },
};

const standing = (status: string, setAside: boolean): string => (setAside ? `${status}, set aside` : status);

/** What the plans take, listed or not: setting them aside frees nothing. */
function sizeLine(
  plans: readonly { setAside: boolean; bytes: number }[],
  listed: number,
  databaseBytes: number,
): string {
  const megabytes = (bytes: number): string => `${number(bytes / 1e6)} MB`;
  const bytes = plans.reduce((sum, plan) => sum + plan.bytes, 0);
  const [many, take] = plans.length === 1 ? ['One plan', 'takes'] : [`${plans.length} plans`, 'take'];
  const hidden = plans.length - listed;
  const rest = hidden === 0 ? '' : ` Not listed, because set aside: ${hidden} (--all lists them).`;
  return `${many} ${take} ${megabytes(bytes)} of a database of ${megabytes(databaseBytes)}.${rest}`;
}

function dayPlans(plans: readonly PlanSummaryPayload[]): string {
  return plans.length === 0
    ? 'No plan of the day is listed.'
    : table(
        ['id', 'day', 'status', 'what-if of', 'α', 'cost', 'currency', 'gap', 'check'],
        plans.map(({ id, day, status, protection, totalCost, currency, gap, passed, setAside, basedOn }) => [
          id,
          day,
          standing(status, setAside),
          basedOn ?? '–',
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
        standing(plan.status, plan.setAside),
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

import { Refusal } from '../../../base/errors.ts';
import { verifyPlan } from '../../../planning/plan/approve-plan.ts';
import { verifySmsPlan } from '../../../planning/sms/verify-sms-plan.ts';
import { exitCodes, wrongUsage, type Command } from '../command.ts';
import { facts, number } from '../table.ts';

export const verifyCommand: Command = {
  name: 'verify',
  takes: '<plan>',
  summary: 'Re-check a stored plan: its content against its hash, and every physical limit in plain arithmetic.',
  options: {},
  async run(context) {
    const [planId, ...more] = context.positionals;
    if (planId === undefined || more.length > 0) throw wrongUsage('verify takes one plan id.');
    const { tools } = await context.core();
    const ofTrucks = tools.store.listSmsPlans().some(({ id }) => id === planId);
    const { check } = ofTrucks ? verifySmsPlan(tools.store, planId) : verifyPlan(tools.store, planId);
    const { passed, checked, worstBreach, breaches } = check;
    if (!passed)
      throw new Refusal('plan-fails-check', { id: planId, limit: breaches[0]?.sentence ?? 'a limit is broken', check });
    context.output.result({ planId, ...check }, () =>
      facts([
        ['plan', planId],
        ['check', 'passed'],
        ['limits checked', number(checked, 0)],
        ['worst breach', worstBreach.toExponential(1)],
      ]),
    );
    return exitCodes.done;
  },
};

import { createAsk } from '../ask.ts';
import { exitCodes, textOption, wrongUsage, type Command } from '../command.ts';

export const approveCommand: Command = {
  name: 'approve',
  takes: '<plan>',
  summary: 'Approve a plan of the day or of trucks: checked again first; the plan approved before is superseded.',
  options: { reason: { type: 'string', value: 'TEXT', help: 'Why; it goes into the audit log.' } },
  async run(context) {
    const [planId, ...more] = context.positionals;
    if (planId === undefined || more.length > 0) throw wrongUsage('approve takes one plan id.');
    if (context.values['reason'] === undefined) throw wrongUsage('approve needs a reason: --reason "…".');
    const reason = textOption(context.values, 'reason');
    const ask = await createAsk(context);
    const ofTrucks = (await ask('sms.list', {})).some(({ id }) => id === planId);
    const { id, day, status } = await ask(ofTrucks ? 'sms.approve' : 'plan.approve', { planId, reason });
    context.output.result({ planId: id, day, status }, () => `Plan ${id} of ${day} is ${status}.`);
    return exitCodes.done;
  },
};

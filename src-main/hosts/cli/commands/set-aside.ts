import { createAsk } from '../ask.ts';
import { exitCodes, wrongUsage, type Command } from '../command.ts';
import { requireDay } from '../day-option.ts';

export const setAsideCommand: Command = {
  name: 'set-aside',
  takes: '[<plan> …]',
  summary: 'Take plans out of the lists, of the day or of trucks; nothing is deleted, and --undo brings them back.',
  options: {
    'drafts-of': { type: 'string', value: 'YYYY-MM-DD', help: 'All drafts of this day instead of plans by id.' },
    undo: { type: 'boolean', help: 'Bring them back.' },
  },
  async run(context) {
    const { undo, 'drafts-of': day } = context.values;
    const named = context.positionals;
    if ((typeof day === 'string') === named.length > 0)
      throw wrongUsage('set-aside takes plan ids, or --drafts-of with a day, and not both.');
    const ask = await createAsk(context);
    const planIds = typeof day === 'string' ? await draftsOf(requireDay('drafts-of', day)) : [...named];
    const call = undo === true ? 'plans.bringBack' : 'plans.setAside';
    const changed = planIds.length === 0 ? { planIds } : await ask(call, { planIds });
    context.output.result(changed, () => said(changed.planIds.length));
    return exitCodes.done;

    async function draftsOf(of: string): Promise<string[]> {
      const plans = [...(await ask('plan.list', { day: of })), ...(await ask('sms.list', { day: of }))];
      return plans.filter(({ status }) => status === 'draft').map(({ id }) => id);
    }
    function said(count: number): string {
      const plans = count === 1 ? 'One plan' : `${count} plans`;
      if (undo === true) return count === 0 ? 'None of them was set aside.' : `${plans} brought back.`;
      return count === 0 ? 'There was nothing to set aside.' : `${plans} set aside; --undo brings them back.`;
    }
  },
};

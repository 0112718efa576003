import type { ObjectiveComparisonPayload } from '../../../contract/objectives.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { comparisonText } from '../objective-text.ts';
import { planWishHelp, planWishOf } from './plan.ts';

export const objectivesCommand: Command = {
  name: 'objectives',
  takes: '',
  summary:
    'What each objective of a day sacrifices: the cheapest plan that is best in it, and what that plan is worth by every other. Nothing is stored.',
  options: planWishHelp,
  async run(context) {
    const ask = await createAsk(context);
    const found = (await runJob(
      context,
      'plan.compareObjectives',
      await planWishOf(context.values, ask),
    )) as ObjectiveComparisonPayload;
    context.output.result(found, () => comparisonText(found));
    return exitCodes.done;
  },
};

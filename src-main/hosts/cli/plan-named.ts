/** The plan a command is about: the one named, else the newest. */
import { wrongUsage, type CommandContext } from './command.ts';
import type { Ask } from './ask.ts';

export async function planNamed({ positionals }: CommandContext, ask: Ask): Promise<string> {
  const [named, ...more] = positionals;
  if (more.length > 0) throw wrongUsage('One plan id is taken; the newest plan unless one is named.');
  const planId = named ?? (await ask('desk.state', {})).plans[0]?.id;
  if (planId === undefined) throw wrongUsage('There is no plan yet; make one with "plan".');
  return planId;
}

import { runSmsStudy } from '../../../planning/sms-study/run-sms-study.ts';
import { smsStudyText } from '../../../planning/sms-study/sms-study-text.ts';
import { exitCodes, numberOption, wrongUsage, type Command } from '../command.ts';

const usual = { days: 10, seed: 2024, slotHours: 3, timeLimitSeconds: 6 };

export const smsStudyCommand: Command = {
  name: 'sms-study',
  takes: '',
  summary:
    'Try what is claimed of shared trucks on real days: sharing, chance constraints against boxes, users who react.',
  options: {
    days: { type: 'string', value: 'N', help: `Days drawn from the last 120; ${usual.days} unless said otherwise.` },
    seed: { type: 'string', value: 'N', help: `Seed of the draw; ${usual.seed} unless said otherwise.` },
    'time-limit': {
      type: 'string',
      value: 'SECONDS',
      help: `Time for each of nine instances a day; ${usual.timeLimitSeconds} unless said otherwise.`,
    },
  },
  async run(context) {
    if (context.positionals.length > 0) throw wrongUsage('sms-study takes no file and no id.');
    const days = numberOption(context.values, 'days') ?? usual.days;
    const seed = numberOption(context.values, 'seed') ?? usual.seed;
    const timeLimitSeconds = numberOption(context.values, 'time-limit') ?? usual.timeLimitSeconds;
    if (!(Number.isInteger(days) && days >= 1 && days <= 100))
      throw wrongUsage('--days takes a whole number from 1 to 100.');
    if (!Number.isInteger(seed)) throw wrongUsage('--seed takes a whole number.');
    if (!(timeLimitSeconds > 0 && timeLimitSeconds <= 3600))
      throw wrongUsage('--time-limit takes seconds above 0 and up to 3600.');
    const { tools } = await context.core();
    const wish = { days, seed, slotHours: usual.slotHours, timeLimitSeconds, signal: context.signal };
    const study = await runSmsStudy(tools, wish, (progress) => context.output.progress(progress));
    context.output.result(study, () => smsStudyText(study));
    return exitCodes.done;
  },
};

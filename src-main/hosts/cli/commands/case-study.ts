import { caseStudyText } from '../../../planning/cases/case-study-text.ts';
import { runPublishedCase } from '../../../planning/cases/published-case.ts';
import { createSolverPool } from '../../../solver/pool.ts';
import { threadEntries } from '../../places.ts';
import { exitCodes, numberOption, wrongUsage, type Command } from '../command.ts';

const publishedDraws = 100_000;
const publishedSeed = 2017;

export const caseStudyCommand: Command = {
  name: 'case-study',
  takes: '',
  summary: 'Run the published case: what robustness costs and what it saves, beside what the paper printed.',
  options: {
    days: {
      type: 'string',
      value: 'N',
      help: `Days drawn to test each plan; ${publishedDraws} unless said otherwise.`,
    },
    seed: { type: 'string', value: 'N', help: `Seed of the draws; ${publishedSeed} unless said otherwise.` },
  },
  async run(context) {
    const days = numberOption(context.values, 'days') ?? publishedDraws;
    const seed = numberOption(context.values, 'seed') ?? publishedSeed;
    if (!Number.isInteger(days) || days < 1) throw wrongUsage('--days takes a whole number above 0.');
    if (!Number.isInteger(seed)) throw wrongUsage('--seed takes a whole number.');
    const solver = createSolverPool(threadEntries(context.entryUrl));
    try {
      const study = await runPublishedCase(solver, { days, seed });
      context.output.result(study, () => caseStudyText(study));
      return study.claims.every(({ passed }) => passed) ? exitCodes.done : exitCodes.refused;
    } finally {
      await solver.dispose();
    }
  },
};

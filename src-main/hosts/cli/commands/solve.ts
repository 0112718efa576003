import { readFile } from 'node:fs/promises';
import { Refusal } from '../../../base/errors.ts';
import { solveCase, type CaseAnswer } from '../../../planning/cases/solve-case.ts';
import { createSolverPool } from '../../../solver/pool.ts';
import { threadEntries } from '../../places.ts';
import { createHelperThreads } from '../../threads/helper-threads.ts';
import { exitCodes, wrongUsage, type Command } from '../command.ts';
import { number, percent, table } from '../table.ts';

export const solveCommand: Command = {
  name: 'solve',
  takes: '<case.json>',
  summary: 'Solve a self-contained case file: one result per query. An infeasible query is a result, not a refusal.',
  options: {},
  async run(context) {
    const [file, ...more] = context.positionals;
    if (file === undefined || more.length > 0) throw wrongUsage('solve takes one case file.');
    const json = parseCase(file, await readFile(file, 'utf8').catch(() => missing(file)));
    const entries = threadEntries(context.entryUrl);
    const solver = createSolverPool(entries);
    try {
      const answer = await solveCase(json, solver, createHelperThreads(entries));
      context.output.result(answer, () => casesText(answer));
      return answer.results.some(({ status }: { status: string }) => status === 'failed')
        ? exitCodes.refused
        : exitCodes.done;
    } finally {
      await solver.dispose();
    }
  },
};

function parseCase(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new Refusal('case-bad', { file, problem: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function missing(id: string): never {
  throw new Refusal('not-found', { what: 'file', id });
}

function casesText(answer: CaseAnswer): string {
  switch (answer.kind) {
    case 'v2g':
      return table(
        ['query', 'status', 'objective USD', 'cost USD', 'peak load kW', 'charge kWh', 'discharge kWh', 'gap'],
        answer.results.map((result, query) =>
          'costUsd' in result
            ? [
                query,
                result.status,
                number(result.objectiveUsd, 2),
                number(result.costUsd, 2),
                number(result.peakLoadKw),
                number(result.chargeKwh),
                number(result.dischargeKwh),
                percent(result.gap, 4),
              ]
            : [query, withReason(result), '–', '–', '–', '–', '–', '–'],
        ),
      );
    case 'feeder':
      return table(
        ['query', 'status', 'objective USD', 'loss MWh', 'lowest voltage pu', 'at bus', 'voltage gap pu', 'tangents'],
        answer.results.map((result, query) =>
          'objectiveUsd' in result
            ? [
                query,
                result.status,
                number(result.objectiveUsd, 2),
                number(result.lossMwh, 3),
                number(result.lowestVoltagePu, 4),
                result.lowestVoltageBus,
                result.voltageGapPu.toExponential(1),
                result.tangents,
              ]
            : [query, withReason(result), '–', '–', '–', '–', '–', '–'],
        ),
      );
    case 'market':
      return table(
        ['query', 'guaranteed USD', 'nominal policy, worst case USD', 'robust policy, nominal USD'],
        answer.results.map((result, query) => [
          query,
          number(result.startValueUsd, 4),
          number(result.nominalPolicyWorstCaseUsd, 4),
          number(result.robustPolicyNominalUsd, 4),
        ]),
      );
    case 'sms':
      return table(
        [
          'query',
          'status',
          'owner profit USD',
          'at most USD',
          'rent USD',
          'grids pay USD',
          'without trucks USD',
          'rounds',
        ],
        answer.results.map((result, query) =>
          'ownerProfitUsd' in result
            ? [
                query,
                result.status,
                number(result.ownerProfitUsd, 2),
                number(result.upperBoundUsd, 2),
                number(result.rentUsd, 2),
                number(result.usersCostUsd, 2),
                number(result.usersCostWithoutTrucksUsd, 2),
                result.rounds.length,
              ]
            : [query, withReason(result), '–', '–', '–', '–', '–', '–'],
        ),
      );
  }
}

const withReason = (result: { status: string; why?: string }): string =>
  result.why === undefined ? result.status : `${result.status}: ${result.why}`;

import { fillMethods } from '../../../base/fill-gaps.ts';
import { Refusal } from '../../../base/errors.ts';
import { fillRule, seriesKind } from '../../../contract/telemetry.ts';
import { createAsk } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { number, table } from '../table.ts';

const windowDays = 90;

export const fillCommand: Command = {
  name: 'fill',
  takes: '[kind]',
  summary: 'What stands in for missing and flagged values, and how many it makes up; with a kind, choose another rule.',
  options: {
    line: { type: 'string', value: 'MINUTES', help: 'Longest gap a straight line may cross; 0: none.' },
    longer: { type: 'string', value: 'METHOD', help: `Longer gaps: ${fillMethods.join(', ')}.` },
  },
  async run(context) {
    const ask = await createAsk(context);
    const [kind] = context.positionals;
    if (kind !== undefined) await change(kind);
    else if (context.values.line !== undefined || context.values.longer !== undefined)
      throw new Refusal('usage', {
        problem: `Name the kind whose rule is to change: ${seriesKind.options.join(', ')}.`,
      });
    const report = await ask('telemetry.fillRules', { windowDays });
    context.output.result(report, () =>
      report === null
        ? 'There is no telemetry to fill.'
        : `${table(
            ['kind', 'straight line', 'longer gaps', 'on a line', 'by the rule', 'left open'],
            report.kinds.map(({ kind: name, rule, counts }) => [
              name,
              `${rule.lineMinutes} min`,
              rule.longer,
              ...(counts
                ? [counts.line, counts.longer, counts.open].map((count) => number(count, 0))
                : ['–', '–', '–']),
            ]),
          )}\n\nValues made up from ${report.fromDay} to ${report.toDay}.`,
    );
    return exitCodes.done;

    async function change(name: string): Promise<void> {
      const known = seriesKind.safeParse(name);
      if (!known.success)
        throw new Refusal('usage', { problem: `"${name}" is no kind; there are ${seriesKind.options.join(', ')}.` });
      const now = await ask('telemetry.fillRules', { windowDays });
      const before = now?.kinds.find((one) => one.kind === known.data)?.rule;
      const wish = fillRule.safeParse({
        lineMinutes: context.values.line === undefined ? before?.lineMinutes : Number(context.values.line),
        longer: context.values.longer ?? before?.longer,
      });
      if (!wish.success)
        throw new Refusal('usage', {
          problem: `--line takes 0 to 1440 minutes, --longer one of ${fillMethods.join(', ')}.`,
        });
      await ask('telemetry.setFillRule', { kind: known.data, rule: wish.data });
    }
  },
};

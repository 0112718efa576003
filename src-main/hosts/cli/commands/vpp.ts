import type { VppPayload } from '../../../contract/vpp.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { planNamed } from '../plan-named.ts';
import { facts, number, table } from '../table.ts';

export const vppCommand: Command = {
  name: 'vpp',
  takes: '[<plan>]',
  summary:
    'The owners of a site as one virtual power plant: what they earn together, and a settlement nobody would leave.',
  options: {},
  async run(context) {
    const ask = await createAsk(context);
    const planId = await planNamed(context, ask);
    const settled = (await runJob(context, 'vpp.settle', { planId })) as VppPayload;
    context.output.result(settled, () => vppText(settled));
    return exitCodes.done;
  },
};

function vppText({
  planId,
  day,
  currency,
  accounts,
  marketCents,
  togetherCents,
  aloneCents,
  check,
}: VppPayload): string {
  const money = (cents: number): string => number(cents / 100, 2);
  return [
    facts([
      ['plan', planId],
      ['day', day],
      ['together', `${money(togetherCents)} ${currency}`],
      ['each by itself', `${money(aloneCents)} ${currency}`],
      ['gained together', `${money(togetherCents - aloneCents)} ${currency}`],
      ['from the market', `${money(marketCents)} ${currency}, the sum of what the members receive`],
      ['re-check', check.passed ? 'passed' : check.problems.join('; ')],
    ]),
    `Settlement in ${currency}; received and net: negative is paid:`,
    table(
      ['member', 'gives kWh', 'energy', 'connection', 'wear', 'receives', 'own cost', 'net', 'alone', 'gain'],
      accounts.map((one) => [
        one.name,
        number(one.deliveredKwh, 0),
        ...[one.energyCents, one.capacityCents, one.wearCents, one.receivesCents, one.ownCostCents].map(money),
        ...[one.netCents, one.aloneCents, one.netCents - one.aloneCents].map(money),
      ]),
    ),
  ].join('\n\n');
}

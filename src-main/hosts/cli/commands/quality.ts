import { createAsk } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { instant, number, percent, table } from '../table.ts';

/** Findings listed in the text form; the JSON form has as many as one call gives. */
const listedFindings = 20;

export const qualityCommand: Command = {
  name: 'quality',
  takes: '',
  summary: 'What telemetry there is, and what is wrong with it.',
  options: {},
  async run(context) {
    const ask = await createAsk(context);
    const series = await ask('telemetry.series', {});
    const stations = await ask('telemetry.stations', {});
    const flags = await ask('telemetry.flags', { offset: 0, limit: 1000 });
    const { exceptions, site } = await ask('desk.state', {});
    const zone = site?.zone ?? 'UTC';
    const byKind = new Map<string, { ranges: number; values: number }>();
    for (const { kind, count } of flags.ranges) {
      const { ranges, values } = byKind.get(kind) ?? { ranges: 0, values: 0 };
      byKind.set(kind, { ranges: ranges + 1, values: values + count });
    }
    context.output.result({ series, stations, flags, exceptions }, () =>
      [
        table(
          ['series', 'kind', 'unit', 'from', 'to', 'values', 'flagged', 'share'],
          series.map((one) => [
            one.name,
            one.kind,
            one.unit,
            instant(one.fromUtcMs, zone),
            instant(one.toUtcMs, zone),
            number(one.valueCount, 0),
            number(one.flaggedCount, 0),
            percent(one.flaggedCount / Math.max(1, one.valueCount), 2),
          ]),
        ),
        table(
          ['station', 'sessions', 'usable', 'from', 'to'],
          stations.map((one) => [
            one.station,
            one.count,
            one.usable,
            instant(one.fromUtcMs, zone),
            instant(one.toUtcMs, zone),
          ]),
        ),
        table(
          ['finding', 'ranges', 'values'],
          [...byKind].map(([kind, { ranges, values }]) => [kind, ranges, number(values, 0)]),
        ),
        ...flags.ranges
          .slice(0, listedFindings)
          .map(({ kind, fromUtcMs, detail }) => `${instant(fromUtcMs, zone)}  ${kind}: ${detail}`),
        flags.total > listedFindings ? `and ${flags.total - listedFindings} more (--json lists them).` : '',
      ].join('\n\n'),
    );
    return exitCodes.done;
  },
};

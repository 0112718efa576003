/** Telemetry: import, series, findings, fill rules. Names are matched, jobs started, records become views; nothing is decided here. */
import { Refusal } from '../../base/errors.ts';
import { exportTelemetry } from '../../planning/intake/export-telemetry.ts';
import { fillReport, setFillRule } from '../../planning/intake/fill-rules.ts';
import { importFile, previewFile } from '../../planning/intake/import-telemetry.ts';
import { operatorOf, siteOf } from '../../planning/tools.ts';
import { changedIn, inWords, type HandlerParts, type HandlersOf } from './parts.ts';

export function telemetryHandlers(parts: HandlerParts): HandlersOf<'telemetry'> {
  const { tools, jobs, uploads } = parts;
  const { store } = tools;
  const changed = changedIn(parts);

  return {
    'telemetry.series': () => store.listSeries(),
    'telemetry.read': ({ seriesId, fromUtcMs, toUtcMs }) => {
      const series = store.readSeries(seriesId, fromUtcMs, toUtcMs);
      return { ...series, length: series.values.length };
    },
    'telemetry.days': ({ seriesId }) => store.dayQuality(seriesId, siteOf(store).zone),
    'telemetry.flags': ({ seriesId, kind, ...page }) =>
      store.listFlags({
        ...page,
        ...(seriesId === undefined ? {} : { seriesId }),
        ...(kind === undefined ? {} : { kind }),
      }),
    'telemetry.override': async ({ flagId, verdict, reason }) => {
      if (reason.trim() === '') throw new Refusal('reason-needed', { what: 'Overriding a finding' });
      await store.whenWritable();
      const range = store.overrideFlag(flagId, verdict, reason.trim(), operatorOf(store));
      changed('telemetry', 'audit');
      return range;
    },
    'telemetry.markBad': async ({ seriesId, fromUtcMs, toUtcMs, reason }) => {
      if (reason.trim() === '') throw new Refusal('reason-needed', { what: 'Marking values as bad' });
      await store.whenWritable();
      const range = store.markBad(seriesId, fromUtcMs, toUtcMs, reason.trim(), operatorOf(store));
      changed('telemetry', 'audit');
      return range;
    },
    'telemetry.fillRules': ({ windowDays }) => fillReport(store, windowDays),
    'telemetry.setFillRule': async ({ kind, rule }) => {
      await setFillRule(store, kind, rule);
      changed('telemetry', 'audit');
      return { kind, rule };
    },
    'telemetry.batches': () => store.listBatches(),
    'telemetry.stations': () => store.sessionStations(),
    'telemetry.preview': async ({ uploadId, kind, mapping }) => ({
      uploadId,
      ...(await previewFile(uploads.find(uploadId), kind, siteOf(store).zone, mapping ?? null)),
    }),
    'telemetry.import': ({ uploadId, kind, mapping }) => {
      const source = uploads.find(uploadId);
      const title = `Import ${source.name}`;
      const asked = { kind, file: source.name, mapping };
      const jobId = jobs.start(
        { kind: 'import', title, phases: ['Read and store', 'Check quality'], budgetSeconds: null, asked },
        async (job, conclude) => {
          const result = await importFile(tools, source, kind, mapping, job);
          uploads.forget(uploadId);
          changed('telemetry');
          conclude(String(result.id), `${inWords(result.rowCount, 'row')}, ${inWords(result.findings, 'finding')}`);
          return result;
        },
      );
      return { jobId };
    },
    'telemetry.export': ({ seriesId, what }) => exportTelemetry(store, seriesId, siteOf(store).zone, what),
  };
}

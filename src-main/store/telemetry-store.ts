import type { ImportWriter, TelemetryStore } from '../planning/ports.ts';
import { findBatch, listBatches } from './batches.ts';
import { dayQuality } from './day-quality.ts';
import { listFindings } from './findings.ts';
import { beginImport } from './import-writer.ts';
import { markBad, overrideFlag } from './judge-flags.ts';
import { readSeries } from './read-series.ts';
import { replaceFlags } from './replace-flags.ts';
import { listSeries } from './series.ts';
import { readSessions, sessionStations } from './sessions.ts';
import type { StoreParts } from './store-parts.ts';

/** The telemetry face of the store, and how to give up an import that is still open when the store closes. */
export function telemetryStore({ nowMs, read, gate }: StoreParts): {
  telemetry: TelemetryStore;
  abandonImport: () => void;
} {
  let latest: ImportWriter | null = null;
  const telemetry: TelemetryStore = {
    listSeries: () => read(listSeries),
    readSeries: (id, fromUtcMs, toUtcMs) => read((connection) => readSeries(connection, id, fromUtcMs, toUtcMs)),
    findBatch: (fileHash, kind) => read((connection) => findBatch(connection, fileHash, kind)),
    listBatches: () => read(listBatches),
    beginImport: (batch) => (latest = read((connection) => beginImport(gate, connection, batch, nowMs()))),
    whenWritable: () => gate.whenWritable(),
    replaceFlags: (seriesId, pieces) => gate.write((connection) => replaceFlags(connection, seriesId, pieces)),
    listFlags: (filter) => read((connection) => listFindings(connection, filter)),
    overrideFlag: (flagId, verdict, reason, operator) =>
      gate.write((connection) => overrideFlag(connection, flagId, { verdict, reason, operator, atMs: nowMs() })),
    markBad: (seriesId, fromUtcMs, toUtcMs, reason, operator) =>
      gate.write((connection) =>
        markBad(connection, seriesId, fromUtcMs, toUtcMs, { verdict: 'bad', reason, operator, atMs: nowMs() }),
      ),
    dayQuality: (seriesId, zone) => read((connection) => dayQuality(connection, seriesId, zone)),
    readSessions: (fromUtcMs, toUtcMs) => read((connection) => readSessions(connection, fromUtcMs, toUtcMs)),
    sessionStations: () => read(sessionStations),
  };
  return { telemetry, abandonImport: () => latest?.rollback() };
}

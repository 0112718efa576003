import { Refusal } from '../base/errors.ts';
import type { BatchInfo, ImportWriter, NewBatch } from '../planning/ports.ts';
import type { Sample, Session } from '../telemetry/types.ts';
import { finishBatch, insertBatch } from './batches.ts';
import { connectionSql, type Connection } from './connection.ts';
import { inWords } from './in-words.ts';
import { SampleWriter } from './sample-writer.ts';
import { claimSeries, refreshTotals } from './series.ts';
import { writeSessions, type SessionCounts } from './sessions.ts';
import { applyVerdicts } from './verdicts.ts';
import type { WriteGate } from './write-gate.ts';

/**
 * Begins the import of one file: a transaction on a connection of its own, so that readers see the state before it until
 * `commit`, and a rollback, a crash or a lost process leaves no trace. Any refusal on the way rolls it back.
 * @throws Refusal `database-busy`, `import-series-differs`, `bad-request`
 */
export function beginImport(gate: WriteGate, readers: Connection, batch: NewBatch, nowMs: number): ImportWriter {
  const release = gate.hold(`the import of ${batch.fileName}`);
  try {
    return new FileImport(readers.twin(), batch, nowMs, release);
  } catch (thrown) {
    release();
    throw thrown;
  }
}

class FileImport implements ImportWriter {
  readonly #connection: Connection;
  readonly #batchId: number = 0;
  readonly #samples: { seriesId: number; writer: SampleWriter } | null = null;
  readonly #sessionCounts: SessionCounts = { storedCount: 0, flaggedCount: 0, replacedCount: 0 };
  readonly #release: () => void;
  #state: 'open' | 'ended' = 'open';

  constructor(connection: Connection, batch: NewBatch, nowMs: number, release: () => void) {
    this.#connection = connection;
    this.#release = release;
    try {
      connection.run(connectionSql.begin);
      this.#batchId = insertBatch(connection, batch, nowMs);
      if (batch.series) {
        const series = claimSeries(connection, batch, batch.series);
        const writer = new SampleWriter(connection, series, this.#batchId, batch.fileName);
        this.#samples = { seriesId: series.info.id, writer };
      }
    } catch (thrown) {
      this.#end();
      throw thrown;
    }
  }

  addSamples(samples: readonly Sample[]): void {
    this.#attempt(() => {
      if (!this.#samples)
        throw new Refusal('bad-request', { call: 'import', problem: 'a file of sessions has no samples' });
      this.#samples.writer.add(samples);
    });
  }

  addSessions(sessions: readonly Session[]): void {
    this.#attempt(() => {
      if (this.#samples)
        throw new Refusal('bad-request', { call: 'import', problem: 'a file of a series has no sessions' });
      writeSessions(this.#connection, this.#batchId, sessions, this.#sessionCounts);
    });
  }

  commit(totals: { rowCount: number }): BatchInfo {
    return this.#attempt(() => {
      const counts = this.#samples?.writer.counts ?? this.#sessionCounts;
      if (this.#samples) this.#settle(this.#samples.seriesId, this.#samples.writer);
      const info = finishBatch(this.#connection, this.#batchId, { ...totals, ...counts });
      this.#connection.run(connectionSql.commit);
      this.#end();
      return info;
    });
  }

  rollback(): void {
    this.#end();
  }

  #settle(seriesId: number, writer: SampleWriter): void {
    writer.flush();
    if (!writer.grid || !writer.span) return;
    applyVerdicts(this.#connection, seriesId, writer.grid, writer.span.fromMs, writer.span.toMs);
    refreshTotals(this.#connection, seriesId, writer.grid);
  }

  #attempt<Result>(action: () => Result): Result {
    if (this.#state === 'ended') throw new Error('this import has ended');
    try {
      return inWords(this.#connection.database.name, action);
    } catch (thrown) {
      this.#end();
      throw thrown;
    }
  }

  /** Closing a connection rolls back what it has not committed. */
  #end(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#connection.close();
    this.#release();
  }
}

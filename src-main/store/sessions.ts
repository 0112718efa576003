import type { Session } from '../telemetry/types.ts';
import type { Connection, SqlValue } from './connection.ts';

interface SessionRow {
  session_id: string;
  station: string;
  arrival_ms: number | null;
  departure_ms: number | null;
  energy_kwh: number | null;
  power_kw: number | null;
  capacity_kwh: number | null;
  arrival_soc_share: number | null;
  departure_soc_share: number | null;
  defects_json: string;
  file_row: number;
}

interface StationRow {
  station: string;
  count: number;
  usable: number;
  from_ms: number | null;
  to_ms: number | null;
}

export interface SessionCounts {
  storedCount: number;
  flaggedCount: number;
  replacedCount: number;
}

export const sessionsSql = {
  dropOlder: `DELETE FROM sessions WHERE station = :station AND arrival_ms IS :arrivalMs AND named = :named
    AND (named = 0 OR session_id = :sessionId) AND batch_id <> :batchId`,
  insert: `INSERT INTO sessions (batch_id, session_id, named, station, arrival_ms, departure_ms, energy_kwh, power_kw, capacity_kwh,
      arrival_soc_share, departure_soc_share, defects_json, file_row)
    VALUES (:batchId, :sessionId, :named, :station, :arrivalMs, :departureMs, :energyKwh, :powerKw, :capacityKwh,
      :arrivalSocShare, :departureSocShare, :defectsJson, :fileRow)`,
  within: `SELECT session_id, station, arrival_ms, departure_ms, energy_kwh, power_kw, capacity_kwh, arrival_soc_share,
      departure_soc_share, defects_json, file_row
    FROM sessions WHERE arrival_ms < :toMs AND (arrival_ms >= :fromMs OR departure_ms > :fromMs)
    ORDER BY arrival_ms, id`,
  stations: `SELECT station, count(*) AS count, sum(usable) AS usable,
      min(arrival_ms) AS from_ms, max(ifnull(departure_ms, arrival_ms)) AS to_ms
    FROM sessions GROUP BY station ORDER BY station`,
} as const;

/** Stores the sessions of one file; each takes the place of the same session of an older file. */
export function writeSessions(
  connection: Connection,
  batchId: number,
  sessions: readonly Session[],
  counts: SessionCounts,
): void {
  for (const session of sessions) {
    const { station } = session;
    const arrivalMs = orNull(session.arrivalUtcMs);
    const named = session.id === String(session.row) ? 0 : 1;
    const identity = { station, arrivalMs, named, sessionId: session.id, batchId };
    if (connection.run(sessionsSql.dropOlder, identity).changes > 0) counts.replacedCount++;
    connection.run(sessionsSql.insert, {
      ...identity,
      departureMs: orNull(session.departureUtcMs),
      energyKwh: orNull(session.energyKwh),
      powerKw: orNull(session.powerKw),
      capacityKwh: orNull(session.capacityKwh),
      arrivalSocShare: orNull(session.arrivalSocShare),
      departureSocShare: orNull(session.departureSocShare),
      defectsJson: JSON.stringify(session.defects),
      fileRow: session.row,
    });
    counts.storedCount++;
    if (session.defects.length > 0) counts.flaggedCount++;
  }
}

/**
 * Sessions connected at some time in [fromUtcMs, toUtcMs), those included that arrived before it and left after its start; one
 * without a departure, or that leaves before it arrives, belongs to its arrival. In order of arrival.
 */
export function readSessions(connection: Connection, fromUtcMs: number, toUtcMs: number): Session[] {
  return connection.all<SessionRow>(sessionsSql.within, { fromMs: fromUtcMs, toMs: toUtcMs }).map(toSession);
}

export function sessionStations(
  connection: Connection,
): { station: string; count: number; usable: number; fromUtcMs: number; toUtcMs: number }[] {
  return connection.all<StationRow>(sessionsSql.stations).map((row) => ({
    station: row.station,
    count: row.count,
    usable: row.usable,
    fromUtcMs: row.from_ms ?? NaN,
    toUtcMs: row.to_ms ?? NaN,
  }));
}

function toSession(row: SessionRow): Session {
  return {
    id: row.session_id,
    station: row.station,
    arrivalUtcMs: row.arrival_ms ?? NaN,
    departureUtcMs: row.departure_ms ?? NaN,
    energyKwh: row.energy_kwh ?? NaN,
    powerKw: row.power_kw ?? NaN,
    capacityKwh: row.capacity_kwh ?? NaN,
    arrivalSocShare: row.arrival_soc_share ?? NaN,
    departureSocShare: row.departure_soc_share ?? NaN,
    defects: JSON.parse(row.defects_json) as string[],
    row: row.file_row,
  };
}

/** The file's "no number" is NaN in memory and NULL in the table. */
const orNull = (value: number): SqlValue => (Number.isNaN(value) ? null : value);

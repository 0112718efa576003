/**
 * A fitted set as it lies in the database. Its past error days are rows of `error_days`, shared by all sets that learnt from them;
 * the rest is canonical JSON, packed, with the number of the row in the place of each day's errors. Nothing is rounded.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import type { FittedSet } from '../uncertainty/types.ts';
import type { Connection } from './connection.ts';

type PastDay = FittedSet['components'][number]['residuals'][number];
type KeptDay = Omit<PastDay, 'errorKw'> & { errors: number };
type KeptSet = Omit<FittedSet, 'components'> & {
  components: (Omit<FittedSet['components'][number], 'residuals'> & { residuals: KeptDay[] })[];
};

export interface SetContent {
  content: Uint8Array;
  /** SHA-256 over the unpacked text and the bytes of its error days, in order. */
  contentHash: string;
}

export const errorDaysSql = {
  find: `SELECT id FROM error_days WHERE errors_hash = :errorsHash`,
  add: `INSERT INTO error_days (errors_hash, errors) VALUES (:errorsHash, :errors)`,
  read: `SELECT errors FROM error_days WHERE id = :id`,
} as const;

/** Stores the error days that are not there yet. To be run in the transaction that stores the set. */
export function packSet(connection: Connection, set: FittedSet): SetContent {
  const hash = createHash('sha256');
  const kept: KeptSet = {
    ...set,
    components: set.components.map((component) => ({
      ...component,
      residuals: component.residuals.map(({ errorKw, ...day }) => {
        // −0 as 0, as in canonical JSON: equal errors are one row.
        const bytes = new Uint8Array(Float64Array.from(errorKw, (kw) => kw + 0).buffer);
        hash.update(bytes);
        return { ...day, errors: errorDayId(connection, bytes) };
      }),
    })),
  };
  const text = Buffer.from(canonicalJson(kept));
  return { content: gzipSync(text), contentHash: hash.update(text).digest('hex') };
}

/** Null when it is damaged: unreadable, an error day missing, or not what its hash says. */
export function unpackSet(connection: Connection, { content, contentHash }: SetContent): FittedSet | null {
  const text = unpacked(content);
  const kept = text && (parsed(text) as KeptSet | null);
  if (!text || !kept) return null;
  const hash = createHash('sha256');
  let whole = true;
  const components = kept.components.map((component) => ({
    ...component,
    residuals: component.residuals.map(({ errors: id, ...day }): PastDay => {
      const row = connection.get<{ errors: Uint8Array }>(errorDaysSql.read, { id });
      if (!row) whole = false;
      const bytes = Uint8Array.from(row?.errors ?? []);
      hash.update(bytes);
      return { ...day, errorKw: Array.from(new Float64Array(bytes.buffer)) };
    }),
  }));
  return whole && hash.update(text).digest('hex') === contentHash ? { ...kept, components } : null;
}

function errorDayId(connection: Connection, errors: Uint8Array): number {
  const errorsHash = createHash('sha256').update(errors).digest();
  const known = connection.get<{ id: number }>(errorDaysSql.find, { errorsHash });
  return known?.id ?? connection.run(errorDaysSql.add, { errorsHash, errors }).id;
}

function unpacked(content: Uint8Array): Buffer | null {
  try {
    return gunzipSync(content);
  } catch {
    return null;
  }
}

function parsed(text: Buffer): unknown {
  try {
    return parseCanonicalJson(text.toString('utf8'));
  } catch {
    return null;
  }
}

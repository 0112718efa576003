import { Refusal } from '../base/errors.ts';

/**
 * Runs an action on the database and turns what SQLite says of locks, disks and damage into refusals in words.
 * Anything else (a bug in a statement, a broken rule) passes unchanged.
 */
export function inWords<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (thrown) {
    throw databaseRefusal(file, thrown) ?? thrown;
  }
}

/** The refusal that an SQLite error stands for; null for anything that is not one. */
export function databaseRefusal(file: string, thrown: unknown): Refusal | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return null;
  const { code, message } = thrown;
  const is = (...families: string[]): boolean =>
    families.some((family) => code === family || code.startsWith(`${family}_`));
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED')) return new Refusal('database-busy', { file, writer: 'another program' });
  if (is('SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_PERM'))
    return new Refusal('database-unwritable', { file, problem: message });
  if (is('SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_CANTOPEN'))
    return new Refusal('database-broken', { file, problem: message });
  return null;
}

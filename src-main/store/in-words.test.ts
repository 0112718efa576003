import { describe, expect, it } from 'vitest';
import { toErrorReport } from '../base/errors.ts';
import { inWords } from './in-words.ts';

const failing = (code: string) => () => {
  throw Object.assign(new Error('what SQLite said'), { code });
};
const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (thrown) {
    return toErrorReport(thrown).code;
  }
  return 'nothing thrown';
};

describe('inWords', () => {
  it.each([
    ['SQLITE_BUSY', 'database-busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'database-busy'],
    ['SQLITE_FULL', 'database-unwritable'],
    ['SQLITE_IOERR_WRITE', 'database-unwritable'],
    ['SQLITE_READONLY', 'database-unwritable'],
    ['SQLITE_NOTADB', 'database-broken'],
    ['SQLITE_CORRUPT_INDEX', 'database-broken'],
  ])('says %s as %s', (code, refusal) => {
    expect(codeOf(() => inWords('x.db', failing(code)))).toBe(refusal);
  });
  it('leaves bugs and answers as they are', () => {
    expect(codeOf(() => inWords('x.db', failing('SQLITE_CONSTRAINT_UNIQUE')))).toBe('internal');
    expect(inWords('x.db', () => 7)).toBe(7);
  });
});

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../base/log.ts';
import { isFirstRun, startDemo } from './first-run.ts';
import { linesLog } from './lines-log.ts';
import { requireNode } from './require-node.ts';

describe('the node check', () => {
  it('refuses in words what would crash, and lets newer ones pass', () => {
    for (const version of ['18.19.0', '20.20.2', '21.7.3'])
      expect(() => requireNode(version)).toThrow(`Node ${version} is too old`);
    for (const version of ['22.0.0', '24.21.0', process.versions.node])
      expect(() => requireNode(version)).not.toThrow();
  });
});

describe('the log of lines', () => {
  it('writes one JSON object per line from its level on', () => {
    const lines: string[] = [];
    const log = linesLog(
      'warn',
      (line) => lines.push(line),
      () => 0,
    );
    log.debug('a');
    log.info('b');
    log.warn('slow', { call: 'x\ny' });
    log.error('bad');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { at: '1970-01-01T00:00:00.000Z', level: 'warn', message: 'slow', call: 'x\ny' },
      { at: '1970-01-01T00:00:00.000Z', level: 'error', message: 'bad' },
    ]);
    expect(lines.join('')).not.toContain('\n');
  });
});

describe('the first run', () => {
  it('is when the file is not there yet', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'surewatt-first-'));
    const file = join(folder, 'a.db');
    expect(isFirstRun(file)).toBe(true);
    expect(existsSync(file)).toBe(false);
    await writeFile(file, '');
    expect(isFirstRun(file)).toBe(false);
    await rm(folder, { recursive: true });
  });
  it('asks for the demo, and logs why when it is refused', async () => {
    const asked: string[] = [];
    const errors: unknown[] = [];
    const door = {
      dispatch: (name: string) => {
        asked.push(name);
        return Promise.resolve({
          ok: false as const,
          error: { code: 'no-site' as const, message: 'm', next: 'n', details: {} },
        });
      },
      onEvent: () => () => undefined,
      upload: () => ({ uploadId: '' }),
    };
    await startDemo(door, { ...silentLog, error: (_message, data) => errors.push(data) });
    expect(asked).toEqual(['desk.loadDemo']);
    expect(errors).toEqual([expect.objectContaining({ code: 'no-site' })]);
  });
});

import { expect, test } from 'vitest';
import { memorySource } from '../../../src-main/telemetry/fixtures/memory-source.ts';
import { previewImport } from '../../../src-main/telemetry/preview-import.ts';
import { sampleFiles } from './sample-files.ts';

const kinds = ['load-actual', 'load-forecast', 'price', 'sessions'] as const;

for (const kind of kinds)
  test(`the sample of ${kind} can be imported without a question`, async () => {
    const { fileName, text } = sampleFiles[kind];
    const source = memorySource(fileName, new TextEncoder().encode(text), TextDecoder);
    const preview = await previewImport(source, kind, { siteZone: 'Europe/Berlin' });
    expect(preview.doubts).toEqual([]);
    expect(preview.certain).toBe(true);
    expect(preview.rows.length).toBeGreaterThan(4);
    expect(preview.rows.every(({ problem }) => problem === '')).toBe(true);
  });

import { readFile } from 'node:fs/promises';
import { Refusal } from '../../../base/errors.ts';
import {
  importKind,
  importMapping,
  type BatchPayload,
  type ImportMappingPayload,
  type ImportPreviewPayload,
} from '../../../contract/telemetry.ts';
import { fileSource } from '../../file-source.ts';
import { createAsk, runJob } from '../ask.ts';
import { exitCodes, wrongUsage, type Command } from '../command.ts';
import { facts, number } from '../table.ts';

export const importCommand: Command = {
  name: 'import',
  takes: '<kind> <file>',
  summary: `Read telemetry (${importKind.options.join(', ')}) from a CSV or JSON file, gzip or not.`,
  options: {
    map: {
      type: 'string',
      value: 'JSON|@FILE',
      help: 'How the file is read, where the guess is not certain or not right.',
    },
    preview: { type: 'boolean', help: 'Show how the file would be read; store nothing.' },
  },
  async run(context) {
    const [kindText, file, ...more] = context.positionals;
    const kind = importKind.safeParse(kindText);
    if (!kind.success)
      throw wrongUsage(`import takes one of ${importKind.options.join(', ')}, not "${kindText ?? ''}".`);
    if (file === undefined || more.length > 0) throw wrongUsage('import takes one file.');
    const given = await readMapping(context.values.map);
    const core = await context.core();
    const ask = await createAsk(context);
    const { uploadId } = core.upload(await fileSource(file));

    let preview = await ask('telemetry.preview', { uploadId, kind: kind.data });
    if (given)
      preview = await ask('telemetry.preview', { uploadId, kind: kind.data, mapping: merge(preview.mapping, given) });
    if (context.values.preview === true) {
      context.output.result(preview, () => describe(preview));
      return exitCodes.done;
    }
    if (!preview.certain && !given) throw new Refusal('import-mapping-uncertain', uncertainty(preview));

    const done = (await runJob(context, 'telemetry.import', {
      uploadId,
      kind: kind.data,
      mapping: preview.mapping,
    })) as BatchPayload & { notes: string[]; findings: number };
    context.output.result(done, () =>
      [
        facts([
          ['file', done.fileName],
          ['rows', number(done.rowCount, 0)],
          ['stored', number(done.storedCount, 0)],
          ['flagged', number(done.flaggedCount, 0)],
          ['replaced', number(done.replacedCount, 0)],
          ['findings', number(done.findings, 0)],
        ]),
        ...done.notes,
      ].join('\n'),
    );
    return exitCodes.done;
  },
};

/** @throws Refusal `usage` for what is no JSON or no part of a mapping */
async function readMapping(option: string | boolean | undefined): Promise<Partial<ImportMappingPayload> | null> {
  if (typeof option !== 'string') return null;
  const text = option.startsWith('@')
    ? await readFile(option.slice(1), 'utf8').catch(() => missingFile(option.slice(1)))
    : option;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw wrongUsage(`--map is no JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const parsed = importMapping.partial().strict().safeParse(value);
  if (parsed.success) return parsed.data as Partial<ImportMappingPayload>;
  const [issue] = parsed.error.issues;
  throw wrongUsage(`--map: ${issue?.path.join('.') || 'mapping'}: ${issue?.message ?? 'not understood'}`);
}

function missingFile(id: string): never {
  throw new Refusal('not-found', { what: 'file', id });
}

function merge(guessed: ImportMappingPayload, given: Partial<ImportMappingPayload>): ImportMappingPayload {
  return { ...guessed, ...given, columns: { ...guessed.columns, ...given.columns } };
}

function uncertainty({ fileName, doubts, mapping }: ImportPreviewPayload) {
  const words = doubts.map(
    ({ field, why, choices }) => `${field}: ${why}${choices.length ? ` (${choices.join(' | ')})` : ''}`,
  );
  return { file: fileName, doubts: words.join('; '), choices: doubts, mapping };
}

function describe({ mapping, certain, doubts, rows, notes }: ImportPreviewPayload): string {
  return [
    facts([
      ...Object.entries(mapping).map(
        ([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)] as const,
      ),
    ]),
    '',
    ...rows.map(({ row, time, value, problem }) => `row ${row}: ${problem || `${time} ${value}`}`),
    ...notes,
    certain
      ? 'The reading is certain.'
      : `Not certain: ${doubts.map(({ field, why }) => `${field}: ${why}`).join('; ')}`,
  ].join('\n');
}

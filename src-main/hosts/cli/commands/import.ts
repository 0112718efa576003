import { Refusal } from '../../../base/errors.ts';
import {
  importKind,
  importMapping,
  type BatchPayload,
  type ImportPreviewPayload,
} from '../../../contract/telemetry.ts';
import { fileSource } from '../../file-source.ts';
import { createAsk, runJob, type Ask } from '../ask.ts';
import { exitCodes, wrongUsage, type Command, type OptionValues } from '../command.ts';
import { guessText, previewText } from '../preview-text.ts';
import { acceptingMap, mergeMapping, openDoubts, type GivenMapping } from '../settle-mapping.ts';
import { importFeederFiles } from '../import-feeder.ts';
import { importRoadFiles } from '../import-roads.ts';
import { readMap } from '../read-map.ts';
import { aboutOptions } from '../table-import.ts';
import { facts, number } from '../table.ts';

export const importCommand: Command = {
  name: 'import',
  takes: '<kind> <file…>',
  summary: `Read telemetry (${importKind.options.join(', ')}) from a CSV or JSON file, roads from a file of links and one of nodes, or a feeder from tables of buses and branches or a MATPOWER case.`,
  options: {
    map: {
      type: 'string',
      value: 'JSON|@FILE',
      help: 'Fields of the reading, where the guess is not certain or not right; a field named is a doubt decided.',
    },
    ...aboutOptions,
    coordinates: { type: 'string', value: 'FILE', help: 'Feeder: a list of bus, x and y that says where buses stand.' },
    meshed: { type: 'boolean', help: 'Feeder: a meshed network, whose lines may close loops.' },
    preview: { type: 'boolean', help: 'Show how the file would be read; store nothing.' },
  },
  async run(context) {
    const [kindText, file, ...more] = context.positionals;
    if (kindText === 'roads') return importRoadFiles(context, context.positionals.slice(1));
    if (kindText === 'feeder') return importFeederFiles(context, context.positionals.slice(1));
    const kind = importKind.safeParse(kindText);
    if (!kind.success)
      throw wrongUsage(`import takes one of ${importKind.options.join(', ')}, roads, feeder, not "${kindText ?? ''}".`);
    if (file === undefined || more.length > 0) throw wrongUsage('import takes one file.');
    const given = await readMapping(context.values.map, kind.data);
    const core = await context.core();
    const ask = await createAsk(context);
    const { uploadId } = core.upload(await fileSource(file));

    const preview = await settledPreview(ask, { uploadId, kind: kind.data }, given);
    if (context.values.preview === true) {
      context.output.result(preview, () => previewText(preview, given));
      return exitCodes.done;
    }
    if (openDoubts(preview.doubts, given).length > 0) {
      context.output.aside(() => guessText(preview, given));
      throw new Refusal('import-mapping-uncertain', uncertainty(preview, given));
    }

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

/**
 * The reading as `--map` settles it, with the doubts nobody has decided. A mapping given whole can do without a guess, so that a
 * file of which nothing can be guessed can still be read.
 */
async function settledPreview(
  ask: Ask,
  upload: { uploadId: string; kind: ImportPreviewPayload['kind'] },
  given: GivenMapping,
): Promise<ImportPreviewPayload> {
  const { kind: _kind, ...fields } = given;
  const whole = importMapping.safeParse(fields);
  const guess = await ask('telemetry.preview', upload).catch((thrown: unknown) => {
    if (whole.success && thrown instanceof Refusal && thrown.code === 'import-bad-file') return null;
    throw thrown;
  });
  if (!guess) return ask('telemetry.preview', { ...upload, mapping: importMapping.parse(fields) });
  if (Object.keys(given).length === 0) return guess;
  const settled = await ask('telemetry.preview', { ...upload, mapping: mergeMapping(guess.mapping, given) });
  const doubts = [...openDoubts(guess.doubts, given), ...settled.doubts];
  return { ...settled, doubts, certain: doubts.length === 0 };
}

const givenMapping = importMapping.partial().extend({ kind: importKind.optional() }).strict();

/** @throws Refusal `usage` for what is no JSON, no part of a mapping, or of another kind */
async function readMapping(option: OptionValues[string], kind: string): Promise<GivenMapping> {
  const given = (await readMap(option, givenMapping)) ?? {};
  if (given.kind !== undefined && given.kind !== kind)
    throw wrongUsage(`--map says ${given.kind}, the command says ${kind}.`);
  return given as GivenMapping;
}

/** Details of the refusal: everything that is needed to decide. `map` takes the guess for every open doubt. */
function uncertainty({ fileName, kind, doubts, mapping }: ImportPreviewPayload, given: GivenMapping) {
  const open = openDoubts(doubts, given);
  const { map, without } = acceptingMap(doubts, kind, mapping, given);
  const words = `nobody has decided ${open.map(({ field }) => field).join(', ')}.`;
  return { file: fileName, doubts: words, choices: doubts, mapping, map, withoutGuess: without };
}

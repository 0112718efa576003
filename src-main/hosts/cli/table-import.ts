/** What imports of whole tables (roads, feeders) do alike: two files handed over, a preview that is shown or settled, and what is said of the source. */
import { Refusal } from '../../base/errors.ts';
import { fileSource } from '../file-source.ts';
import type { CommandContext, CommandOption } from './command.ts';

export const aboutOptions: Readonly<Record<string, CommandOption>> = {
  name: { type: 'string', value: 'TEXT', help: 'Roads, feeder: name of the network; else that of its first file.' },
  source: { type: 'string', value: 'TEXT', help: 'Roads, feeder: where it comes from.' },
  licence: { type: 'string', value: 'TEXT', help: 'Roads, feeder: its licence.' },
  attribution: { type: 'string', value: 'TEXT', help: 'Roads, feeder: what a map or drawing of it must say.' },
};

export interface GivenTables {
  /** Name of the first file. */
  fileName: string;
  firstUpload: string;
  /** Null when there is no second file. */
  secondUpload: string | null;
}

/** @throws Refusal `not-found` */
export async function giveTables(
  context: CommandContext,
  first: string,
  second: string | undefined,
): Promise<GivenTables> {
  const core = await context.core();
  const source = await fileSource(first);
  return {
    fileName: source.name,
    firstUpload: core.upload(source).uploadId,
    secondUpload: second === undefined ? null : core.upload(await fileSource(second)).uploadId,
  };
}

/** True when only the preview was asked for; it has then been told. @throws Refusal `import-mapping-uncertain` while there are doubts */
export function isPreviewOnly<Preview extends { mapping: unknown; doubts: readonly string[] }>(
  { values, output }: CommandContext,
  fileName: string,
  preview: Preview,
  text: (preview: Preview) => string,
): boolean {
  if (values.preview === true) {
    output.result(preview, () => text(preview));
    return true;
  }
  if (preview.doubts.length > 0) {
    output.aside(() => text(preview));
    const { mapping } = preview;
    const doubts = `${preview.doubts.join('; ')}.`;
    throw new Refusal('import-mapping-uncertain', { file: fileName, doubts, mapping, map: JSON.stringify(mapping) });
  }
  return false;
}

/** Name and origin as given; the name is else that of the file. */
export function aboutOf({ values }: CommandContext, fileName: string) {
  const text = (name: string): string => String(values[name] ?? '');
  return {
    name: text('name') || fileName.replace(/\.\w+$/, ''),
    source: text('source'),
    licence: text('licence'),
    attribution: text('attribution'),
  };
}

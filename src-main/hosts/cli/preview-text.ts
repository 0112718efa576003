/** How a file would be read, for people: the mapping, the first rows, what is worth knowing, and every open doubt. */
import type { ImportPreviewPayload } from '../../contract/telemetry.ts';
import { acceptingMap, openDoubts, type GivenMapping } from './settle-mapping.ts';
import { facts, table } from './table.ts';

/** Rows of the file shown in the text form; the JSON form has them all. */
const shownRows = 8;

/** `preview.doubts` are those nobody has decided; `given` is what `--map` named. */
export function previewText(preview: ImportPreviewPayload, given: GivenMapping): string {
  const { rows, notes, doubts } = preview;
  return [
    mappingText(preview),
    table(
      ['row', 'time', 'value', 'remark'],
      rows
        .slice(0, shownRows)
        .map(({ row, time, value, unit, problem }) => [row, time, quantity(value, unit), problem]),
    ),
    notes.join('\n'),
    doubts.length === 0 ? 'The reading is certain.' : doubtsText(preview, given),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const quantity = (value: number | null, unit: string): string =>
  value === null ? '' : `${value.toLocaleString('en-US', { maximumSignificantDigits: 8 })} ${unit}`;

/** The mapping and the open doubts: what somebody has to decide. */
export const guessText = (preview: ImportPreviewPayload, given: GivenMapping): string =>
  `${mappingText(preview)}\n\n${doubtsText(preview, given)}`;

function mappingText({ mapping: { columns, ...fields } }: ImportPreviewPayload): string {
  return table(
    ['field', 'read as'],
    [
      ...Object.entries(fields).map(([field, value]) => [field, written(value)]),
      ...Object.entries(columns).map(([role, column]) => [`columns.${role}`, written(column)]),
    ],
  );
}

const written = (value: string | number | null): string =>
  value === null || value === '' ? '–' : value === '\t' ? 'tab' : String(value);

function doubtsText({ kind, mapping, doubts }: ImportPreviewPayload, given: GivenMapping): string {
  const { map, without } = acceptingMap(doubts, kind, mapping, given);
  const shown = { ...mapping, kind } as Record<string, unknown>;
  const guessOf = (field: string): string =>
    without.includes(field)
      ? 'no guess'
      : String(field.startsWith('columns.') ? mapping.columns[field.slice('columns.'.length)] : shown[field]);
  return [
    ...doubts.map(({ field, why, choices }) =>
      field === 'rows'
        ? why
        : facts([
            [field, why],
            ['  guess', guessOf(field)],
            ['  choices', choices.join(' | ') || '–'],
          ]),
    ),
    ...(without.length > 0
      ? [`There is no guess for ${without.join(', ')}: name ${without.length === 1 ? 'it' : 'them'} as well.`]
      : []),
    ...(openDoubts(doubts, given).length > 0 ? [`To take the guess:  --map ${quoted(JSON.stringify(map))}`] : []),
  ].join('\n\n');
}

/** As a POSIX shell takes it in one piece. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

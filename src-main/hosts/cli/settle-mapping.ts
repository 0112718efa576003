/** What `--map` decides of a guessed reading, and what is left to decide. */
import type { ImportMappingPayload, ImportPreviewPayload } from '../../contract/telemetry.ts';

type Doubt = ImportPreviewPayload['doubts'][number];

/** Fields named on the command line. `kind` is no part of a mapping: naming it again confirms it. */
export type GivenMapping = Partial<ImportMappingPayload> & { kind?: string };

/** Doubts whose field was not named: nobody has decided them. That a row cannot be read is told by the import itself. */
export function openDoubts(doubts: readonly Doubt[], given: GivenMapping): Doubt[] {
  return doubts.filter(({ field }) => field !== 'rows' && !isNamed(field, given));
}

function isNamed(field: string, given: GivenMapping): boolean {
  const role = roleOf(field);
  return role === null ? Object.hasOwn(given, field) : Object.hasOwn(given.columns ?? {}, role);
}

/** "columns.value" → "value" */
const roleOf = (field: string): string | null => (field.startsWith('columns.') ? field.slice('columns.'.length) : null);

export function mergeMapping(
  guessed: ImportMappingPayload,
  { kind: _kind, ...given }: GivenMapping,
): ImportMappingPayload {
  return { ...guessed, ...given, columns: { ...guessed.columns, ...given.columns } };
}

/**
 * The `--map` that takes the guess for every open doubt, beside what was given already. `without` names the fields for which
 * there is no guess to take.
 */
export function acceptingMap(
  doubts: readonly Doubt[],
  kind: string,
  mapping: ImportMappingPayload,
  given: GivenMapping,
): { map: GivenMapping; without: string[] } {
  const map: GivenMapping = { ...given };
  const without: string[] = [];
  for (const { field } of openDoubts(doubts, given)) {
    const role = roleOf(field);
    const guess =
      role === null ? (field === 'kind' ? kind : mapping[field as keyof ImportMappingPayload]) : mapping.columns[role];
    if (guess === undefined || guess === null) without.push(field);
    else if (role === null) Object.assign(map, { [field]: guess });
    else map.columns = { ...map.columns, [role]: String(guess) };
  }
  return { map, without };
}

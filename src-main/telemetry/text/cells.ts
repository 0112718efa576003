/** One cell of a table as a number, or as one of the ways tables say "nothing here". */
const missingTokens = new Set([
  '',
  '-',
  '–',
  '—',
  '--',
  '.',
  '?',
  'na',
  'n/a',
  'n.a.',
  'n/e',
  'nan',
  'null',
  'none',
  'nil',
  '#n/a',
  'missing',
  'unknown',
]);

export function isMissing(cell: string): boolean {
  const text = cell.trim();
  return text === '' || (text.length <= 7 && missingTokens.has(text.toLowerCase()));
}

const plainPoint = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const plainComma = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const groupedPoint = /^[+-]?\d{1,3}(?:[,\s'’]\d{3})+(?:\.\d*)?$/;
const groupedComma = /^[+-]?\d{1,3}(?:[.\s'’]\d{3})+(?:,\d*)?$/;

/**
 * The number in a cell; NaN for a missing token; null when it is neither. Thousands may be grouped by the mark that is not the
 * decimal mark, by spaces or by apostrophes, and only in threes, so that a decimal mark guessed wrongly is caught.
 */
export function parseNumber(cell: string, decimalMark: '.' | ','): number | null {
  const point = decimalMark === '.';
  const plain = point ? plainPoint : plainComma;
  if (plain.test(cell)) return Number(point ? cell : cell.replace(',', '.'));
  const text = cell.trim().replace('\u2212', '-');
  if (plain.test(text)) return Number(point ? text : text.replace(',', '.'));
  if (isMissing(text)) return NaN;
  if ((point ? groupedPoint : groupedComma).test(text)) {
    const bare = text.replace(point ? /[,\s'’]/g : /[.\s'’]/g, '');
    return Number(point ? bare : bare.replace(',', '.'));
  }
  return null;
}

/** True when the cell groups its thousands: worth a note, because the same text may be a decimal elsewhere. */
export function hasThousandsMark(cell: string, decimalMark: '.' | ','): boolean {
  return (decimalMark === '.' ? groupedPoint : groupedComma).test(cell.trim());
}

export type DecimalEvidence = 'point' | 'comma' | 'either' | 'none';

/** What a cell says about the decimal mark: "10.964,25" comma, "3.5" point, "10.833" either, "7" none. */
export function decimalEvidence(cell: string): DecimalEvidence {
  const text = cell.trim();
  const found = /^[+-]?(\d*)([.,])(\d*)$/.exec(text);
  if (found) {
    const couldGroup = found[3]!.length === 3 && found[1]!.length >= 1 && found[1]!.length <= 3 && found[1] !== '0';
    if (couldGroup) return 'either';
    return found[2] === '.' ? 'point' : 'comma';
  }
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$|^[+-]?\d{1,3}(,\d{3}){2,}$/.test(text)) return 'point';
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$|^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(text)) return 'comma';
  return 'none';
}

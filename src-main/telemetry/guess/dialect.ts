/** Delimiter and header row from the first lines of a file. */
import Papa from 'papaparse';
import { isMissing, parseNumber } from '../text/cells.ts';
import { emptyTime, parseTime } from '../time/parse-time.ts';

export interface DialectGuess {
  delimiter: string;
  headerRow: number;
  /** Empty when clear; else the delimiters that fit equally well. */
  otherDelimiters: string[];
}

const candidates = [';', '\t', ',', '|'];

/** `head` must end at a line break. JSON is told by its first character. */
export function guessDialect(head: string): DialectGuess {
  if (/^\s*[[{]/.test(head)) return { delimiter: 'json', headerRow: 0, otherDelimiters: [] };
  const scored = candidates.map((delimiter) => scoreDelimiter(head, delimiter)).sort((a, b) => b.score - a.score);
  const [best, second] = scored as [Scored, Scored];
  const tie = second.score > 1 && second.score === best.score;
  return {
    delimiter: best.delimiter,
    headerRow: guessHeaderRow(best.rows, best.width),
    otherDelimiters: tie ? [best.delimiter, second.delimiter] : [],
  };
}

/** Not a blank line. */
const isFull = (row: readonly string[]): boolean => row.some((cell) => cell.trim() !== '');

interface Scored {
  delimiter: string;
  /** Share of lines with the commonest width × that width; 1 when the delimiter never occurs. */
  score: number;
  width: number;
  rows: string[][];
}

function scoreDelimiter(head: string, delimiter: string): Scored {
  // Papa parse takes quoted files with CR LF for files with CR alone when it guesses.
  const newline = head.includes('\n') ? '\n' : '\r';
  const rows = Papa.parse<string[]>(head, { delimiter, newline }).data.slice(0, 300);
  const widths = new Map<number, number>();
  for (const row of rows.filter(isFull)) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  const share = count / Math.max(1, rows.filter(isFull).length);
  // Uneven rows speak against a delimiter more than many columns speak for it.
  return { delimiter, score: width === 1 ? 1 : share ** 4 * Math.log2(width) + 1, width, rows };
}

/** The first row of full width that holds words only; -1 when data begin at once. Lines before it are titles. */
function guessHeaderRow(rows: readonly string[][], width: number): number {
  const scratch = emptyTime();
  for (let i = 0; i < Math.min(rows.length, 30); i++) {
    const row = rows[i]!;
    if (row.length < width) continue;
    const isData = row.some((cell) => {
      if (isMissing(cell)) return false;
      const bareYear = /^(19|20)\d\d$/.test(cell.trim());
      return (
        (!bareYear && parseNumber(cell, '.') !== null) ||
        parseTime(cell.trim(), 'dmy', scratch) ||
        parseTime(cell.trim(), 'mdy', scratch)
      );
    });
    return isData ? -1 : i;
  }
  return 0;
}

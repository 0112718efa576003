import type { Explanation } from './explanation.ts';
import type { Digits, SignStyle } from './format-number.ts';

/** A column of `DataTable`. Numbers are formatted by the table; its unit stands in the header. */
export interface TableColumn<Row> {
  id: string;
  label: string;
  unit?: string;
  numeric?: boolean;
  width?: string;
  digits?: Digits;
  sign?: SignStyle;
  /** Drawn by the table's `cell` snippet; `value` is still what is sorted and read. */
  custom?: boolean;
  value: (row: Row, index: number) => string | number | null;
  /** What the number of a row was computed from; null where there is nothing to tell. Shown on screens that explain numbers. */
  trace?: (row: Row, index: number) => Explanation | null;
}

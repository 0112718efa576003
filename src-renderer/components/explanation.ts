/** What a number was computed from, as the dialog of it shows it. */
import { getContext, setContext } from 'svelte';
import type { TableColumn } from './table-column.ts';

/** One row of the table under an explanation: cells by column id. */
export type ExplainedRow = Readonly<Record<string, string | number | null>> & { readonly key: string };

export interface Explanation {
  /** The number's name: "Any violation at α 4". */
  title: string;
  /** How it follows from what is below, in one or two sentences. */
  rule: string;
  facts: readonly { what: string; words: string }[];
  table?: {
    caption: string;
    columns: readonly TableColumn<ExplainedRow>[];
    rows: readonly ExplainedRow[];
  };
  /** Where to read on: a screen, a day, another point. */
  onward?: readonly { label: string; go: () => void }[];
}

/** Shows an explanation; whoever holds numbers asks for it. */
export type Explain = (explanation: Explanation) => void;

const key = Symbol('explain');

export const offerExplain = (explain: Explain): Explain => setContext(key, explain);
/** Null outside a screen that offers it. */
export const findExplain = (): Explain | null => getContext<Explain | undefined>(key) ?? null;
/** @throws Error outside a screen that offers it */
export function getExplain(): Explain {
  const explain = findExplain();
  if (explain === null) throw new Error('this screen explains no numbers');
  return explain;
}

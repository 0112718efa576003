/** Mobile storage from the text an operator wrote: the definition, or everything that is wrong with it, each with its place. */
import { mobileStorage, type MobileStoragePayload } from './mobile-storage.ts';
import { readDefinition, type DefinitionProblem } from './read-definition.ts';

export type MobileStorageReading =
  { kind: 'mobile-storage'; mobileStorage: MobileStoragePayload } | { kind: 'problems'; problems: DefinitionProblem[] };

export function readMobileStorage(text: string): MobileStorageReading {
  const reading = readDefinition(text, mobileStorage);
  return reading.kind === 'problems' ? reading : { kind: 'mobile-storage', mobileStorage: reading.value };
}

/** Its fields in the order they are described in. */
export function mobileStorageText(value: MobileStoragePayload): string {
  return `${JSON.stringify(mobileStorage.safeParse(value).data ?? value, null, 2)}\n`;
}

import { describe, expect, it } from 'vitest';
import { csvText } from './csv-text.ts';

describe('csvText', () => {
  it('quotes what needs it and leaves empty what has no value', () => {
    expect(
      csvText(
        ['a', 'b, c'],
        [
          [1.5, 'say "hi"'],
          [NaN, null],
        ],
      ),
    ).toBe('a,"b, c"\r\n1.5,"say ""hi"""\r\n,\r\n');
  });
});

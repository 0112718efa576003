import { describe, expect, it } from 'vitest';
import { describeError } from '../../base/errors.ts';
import { createOutput, type OutputForm } from './output.ts';
import { facts, instant, number, percent, table } from './table.ts';

function spoken(
  form: OutputForm,
  interactive: 'terminal' | 'pipe',
  speak: (output: ReturnType<typeof createOutput>) => void,
) {
  let out = '';
  let error = '';
  speak(
    createOutput(form, {
      out: (text) => (out += text),
      error: (text) => (error += text),
      interactive: interactive === 'terminal',
    }),
  );
  return { out, error };
}

describe('output', () => {
  it('is one JSON document on standard output, whatever happens', () => {
    const result = spoken('json', 'pipe', (output) => {
      output.progress('solving');
      output.result(
        { cost: Infinity, kw: Float64Array.of(1, NaN), flags: Uint16Array.of(3), deep: [{ a: null }] },
        () => 'text',
      );
    });
    expect(JSON.parse(result.out)).toEqual({ cost: null, kw: [1, null], flags: [3], deep: [{ a: null }] });
    expect(result.error).toBe('');
    const refused = spoken('json', 'pipe', (output) => output.refusal(describeError('plan-not-found', { id: 'x' })));
    expect(JSON.parse(refused.out)).toMatchObject({
      error: { code: 'plan-not-found', message: 'There is no plan "x".' },
    });
  });
  it('is text for people, with refusals and progress on standard error', () => {
    expect(spoken('text', 'pipe', (output) => output.result({}, () => 'done\n\n'))).toEqual({
      out: 'done\n',
      error: '',
    });
    const refused = spoken('text', 'pipe', (output) => output.refusal(describeError('no-site')));
    expect(refused.out).toBe('');
    expect(refused.error).toContain('No site');
    expect(spoken('text', 'pipe', (output) => output.aside(() => 'the guess'))).toEqual({
      out: '',
      error: 'the guess\n\n',
    });
    expect(spoken('json', 'pipe', (output) => output.aside(() => 'the guess'))).toEqual({ out: '', error: '' });
    const drawn = spoken('text', 'terminal', (output) => {
      output.progress('half');
      output.result({}, () => 'done');
    });
    expect(drawn).toEqual({ out: 'done\n', error: 'half\r    \r' });
  });
});

describe('tables', () => {
  it('align numbers right and words left', () => {
    const rows = [
      ['wind', number(1234.5)],
      ['gas unit', number(-2)],
    ];
    expect(table(['name', 'kW'], rows)).toBe(
      ['name           kW', '────────  ───────', 'wind      1,234.5', 'gas unit     -2.0'].join('\n'),
    );
    expect(
      facts([
        ['a', 1],
        ['long', 'x'],
      ]),
    ).toBe('a     1\nlong  x');
  });
  it('write what has no value as a dash', () => {
    expect([number(NaN), percent(NaN), instant(NaN, 'UTC')]).toEqual(['–', '–', '–']);
    expect([percent(0.0512), instant(0, 'UTC'), instant(1617235200000, 'Europe/Berlin')]).toEqual([
      '5.1 %',
      '1970-01-01 00:00+00:00',
      '2021-04-01 02:00+02:00',
    ]);
  });
});

/** Numbers as the desk writes them: significant digits by display level, thousands separated, a true minus, no exponent. */

/**
 * Display levels: overview 3 significant digits, task screens 4. 'count' is for things counted and is never rounded; 'set' for
 * values a person set, such as a target: written as short as they are; 'cents' for money that is set beside money, such as two bounds, which would else look alike.
 */
export type Digits = 3 | 4 | 'count' | 'set' | 'cents';
/** 'plain' marks only negative values; 'signed' also writes the plus. */
export type SignStyle = 'plain' | 'signed';

const minus = '\u2212';
export const noValue = '\u2013';

/** Text of a value without its unit; an en dash where there is no value. */
export function formatNumber(value: number | null | undefined, digits: Digits, sign: SignStyle = 'plain'): string {
  if (value === null || value === undefined || Number.isNaN(value)) return noValue;
  if (!Number.isFinite(value)) return value > 0 ? '\u221e' : `${minus}\u221e`;
  const size = Math.abs(value);
  const text = textOf(size, digits);
  const isZero = !/[1-9]/.test(text);
  if (value < 0 && !isZero) return minus + text;
  return sign === 'signed' && !isZero ? `+${text}` : text;
}

function textOf(size: number, digits: Digits): string {
  if (digits === 'count') return withThousands(String(Math.round(size)));
  if (digits === 'cents') return withThousands(size.toFixed(2));
  if (digits === 'set') return withThousands(String(Number(size.toFixed(6))));
  return significant(size, digits);
}

function significant(size: number, digits: number): string {
  if (size === 0) return '0';
  const exponent = Math.floor(Math.log10(Number(size.toPrecision(digits))));
  if (exponent < -4) return `<${(1e-4).toFixed(4)}`;
  const decimals = Math.max(0, digits - 1 - exponent);
  return withThousands(Number(size.toPrecision(digits)).toFixed(Math.min(decimals, 8)));
}

function withThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The unit beside a value: one thing counted is not many. */
export const unitFor = (value: number | null | undefined, unit: string, digits: Digits): string =>
  digits === 'count' && value === 1 && unit.length > 2 ? unit.replace(/s$/, '') : unit;

/** Value and unit joined by a no-break space; the percent sign too. */
export function formatQuantity(
  value: number | null | undefined,
  unit: string,
  digits: Digits = 4,
  sign: SignStyle = 'plain',
): string {
  const text = formatNumber(value, digits, sign);
  return unit === '' ? text : `${text}\u00a0${unitFor(value, unit, digits)}`;
}

/**
 * JSON text that keeps typed arrays, NaN and infinities: what travels over HTTP and server-sent events, where structured clone
 * does not reach. A Float64Array becomes {"$f64": base64 of its little-endian bytes}.
 */
const marks = { $f64: Float64Array, $u16: Uint16Array } as const;
type Mark = keyof typeof marks;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const decodeTable = new Uint8Array(128);
for (let i = 0; i < 64; i++) decodeTable[alphabet.charCodeAt(i)] = i;

export function encodeWire(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Float64Array)
      return { $f64: toBase64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)) };
    if (item instanceof Uint16Array)
      return { $u16: toBase64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)) };
    if (typeof item === 'number' && !Number.isFinite(item)) return { $number: String(item) };
    return item;
  });
}

export function decodeWire(text: string): unknown {
  return JSON.parse(text, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    const keys = Object.keys(item);
    if (keys.length !== 1) return item;
    const [mark] = keys as [string];
    const content = (item as Record<string, unknown>)[mark];
    if (typeof content !== 'string') return item;
    if (mark === '$number') return Number(content);
    if (!Object.hasOwn(marks, mark)) return item;
    return new marks[mark as Mark](fromBase64(content).buffer);
  });
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  let chunk = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i]!;
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    chunk += alphabet[a >> 2]! + alphabet[((a & 3) << 4) | ((b ?? 0) >> 4)]!;
    chunk +=
      b === undefined
        ? '=='
        : alphabet[((b & 15) << 2) | ((c ?? 0) >> 6)]! + (c === undefined ? '=' : alphabet[c & 63]!);
    if (chunk.length > 8190) {
      parts.push(chunk);
      chunk = '';
    }
  }
  parts.push(chunk);
  return parts.join('');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    const word =
      (decodeTable[text.charCodeAt(i)]! << 18) |
      (decodeTable[text.charCodeAt(i + 1)]! << 12) |
      (decodeTable[text.charCodeAt(i + 2) & 127]! << 6) |
      decodeTable[text.charCodeAt(i + 3) & 127]!;
    bytes[at++] = word >> 16;
    if (at < bytes.length) bytes[at++] = (word >> 8) & 255;
    if (at < bytes.length) bytes[at++] = word & 255;
  }
  return bytes;
}

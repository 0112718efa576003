/** Pages and text of a PDF as Chromium writes it: compressed content streams, glyphs mapped to text by each font's ToUnicode table. */
import { inflateSync } from 'node:zlib';

type Objects = ReadonlyMap<string, { head: string; stream: Buffer | null }>;

export function readPdf(pdf: Buffer): { pages: number; text: string } {
  const objects = objectsOf(pdf);
  const pages = [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b(?!s)/.test(head));
  const fonts = fontsOf(objects);
  const text = pages.map((page) => pageText(page.head, objects, fonts)).join(' ');
  return { pages: pages.length, text: text.replace(/\s+/g, ' ') };
}

function objectsOf(pdf: Buffer): Objects {
  const source = pdf.toString('latin1');
  const objects = new Map<string, { head: string; stream: Buffer | null }>();
  for (const found of source.matchAll(/(?:^|[\r\n])(\d+) 0 obj\s*([\s\S]*?)\s*(?:endobj|stream\r?\n)/g)) {
    const [whole, number = '', head = ''] = found;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const start = found.index + whole.length;
    const bytes = whole.endsWith('endobj') ? null : pdf.subarray(start, start + length);
    objects.set(number, { head, stream: bytes && /FlateDecode/.test(head) ? inflateSync(bytes) : bytes });
  }
  return objects;
}

const textOf = (objects: Objects, number: string): string => objects.get(number)?.stream?.toString('latin1') ?? '';

/** Glyph code in hex to its text, by the object number of the font. */
function fontsOf(objects: Objects): Map<string, Map<string, string>> {
  const fonts = new Map<string, Map<string, string>>();
  for (const [number, { head }] of objects) {
    const table = /\/ToUnicode (\d+) 0 R/.exec(head)?.[1];
    if (table !== undefined) fonts.set(number, glyphsOf(textOf(objects, table)));
  }
  return fonts;
}

function glyphsOf(table: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  const written = (hex: string): string =>
    (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join('');
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      glyphs.set(glyph.toUpperCase(), written(text));
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', text = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let code = parseInt(from, 16), at = parseInt(text, 16); code <= parseInt(to, 16); code++, at++)
        glyphs.set(code.toString(16).toUpperCase().padStart(from.length, '0'), String.fromCharCode(at));
  return glyphs;
}

function pageText(head: string, objects: Objects, fonts: ReadonlyMap<string, Map<string, string>>): string {
  const names = new Map([...head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', number = '']) => [name, number]));
  const contents = /\/Contents (?:\[([^\]]*)\]|(\d+) 0 R)/.exec(head);
  const numbers = contents?.[1]?.match(/\d+(?= 0 R)/g) ?? (contents?.[2] ? [contents[2]] : []);
  const program = numbers.map((number) => textOf(objects, number)).join('\n');
  let glyphs = new Map<string, string>();
  let text = '';
  for (const [, font, shown] of program.matchAll(/\/(F\d+) [\d.]+ Tf|((?:<[\dA-Fa-f]+>|\[[^\]]*\])\s*T[jJ])|\bET\b/g)) {
    if (font) glyphs = fonts.get(names.get(font) ?? '') ?? new Map<string, string>();
    else if (shown)
      for (const [, hex = ''] of shown.matchAll(/<([\dA-Fa-f]+)>/g))
        text += (hex.match(/.{4}/g) ?? []).map((code) => glyphs.get(code.toUpperCase()) ?? '').join('');
    else text += ' ';
  }
  return text;
}

/** Bytes of a file in order, and how to read them as text; given by the host because pure rooms have no files and no decoders. */
export interface ByteSource {
  name: string;
  size: number;
  /** A fresh pass over the bytes each time it is called. */
  open(): AsyncIterable<Uint8Array>;
  /** SHA-256 of all bytes, streamed. */
  hash(): Promise<string>;
  /** Decoder for a text encoding label (utf-8, windows-1252, shift_jis), streaming. */
  decode(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<string>;
}

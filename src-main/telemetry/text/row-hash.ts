/** Remembers which of the last million or so records were seen, in 8 MB whatever the file's length. */
export interface SeenRecords {
  /** True when an equal key was added before (and not pushed out since). */
  seen(key: string): boolean;
}

const places = 1 << 20;

export function createSeenRecords(): SeenRecords {
  const held = new Float64Array(places);
  return {
    seen(key) {
      const hash = hash53(key);
      const at = hash % places;
      if (held[at] === hash) return true;
      held[at] = hash;
      return false;
    },
  };
}

/** 53 bits from two multiplicative hashes (xor, multiply, final mix); never 0, which marks an empty place. */
function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (low >>> 0) + (high & 0x1fffff) * 4294967296 + 1;
}

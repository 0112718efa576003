/** Binary heap of nodes by key, with each node at most once and keys that may fall. Source: Williams 1964. */
export class NodeHeap {
  readonly #keys: Float64Array;
  readonly #places: Int32Array;
  readonly #nodes: Int32Array;
  #size = 0;

  constructor(nodeCount: number) {
    this.#keys = new Float64Array(nodeCount);
    this.#places = new Int32Array(nodeCount).fill(-1);
    this.#nodes = new Int32Array(nodeCount);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the node, or lowers its key; a key that is not lower changes nothing. */
  push(node: number, key: number): void {
    let place = this.#places[node]!;
    if (place < 0) place = this.#size++;
    else if (key >= this.#keys[node]!) return;
    this.#keys[node] = key;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#nodes[parent]!;
      if (this.#keys[above]! <= key) break;
      this.#put(above, place);
      place = parent;
    }
    this.#put(node, place);
  }

  /** Takes out the node of the lowest key; −1 when empty. */
  pop(): number {
    if (this.#size === 0) return -1;
    const lowest = this.#nodes[0]!;
    this.#places[lowest] = -1;
    this.#size--;
    if (this.#size > 0) this.#sink(this.#nodes[this.#size]!);
    return lowest;
  }

  #sink(node: number): void {
    const key = this.#keys[node]!;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#keys[this.#nodes[child + 1]!]! < this.#keys[this.#nodes[child]!]!) child++;
      const below = this.#nodes[child]!;
      if (this.#keys[below]! >= key) break;
      this.#put(below, place);
      place = child;
    }
    this.#put(node, place);
  }

  #put(node: number, place: number): void {
    this.#nodes[place] = node;
    this.#places[node] = place;
  }
}

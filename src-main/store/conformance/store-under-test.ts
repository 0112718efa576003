import type { Store } from '../../planning/ports.ts';

/** How the suites come to a store; whatever was opened is closed when its test ends, but for `open`. */
export interface StoreUnderTest {
  /** In a file of its own. */
  fresh: () => Store;
  opened: (file: string) => Store;
  /** Opens a database file, making it when it is not there; the test closes it itself. */
  open: (file: string) => Store;
}

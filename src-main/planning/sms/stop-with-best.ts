/** "Keep the best so far" for a search whose first plan may take a while: the stop waits until there is one to keep. */
import { CancelSource, type CancelSignal } from '../../base/cancel.ts';

export interface StopWithBest {
  /** For the search. */
  signal: CancelSignal;
  /** To be told when the search has something to keep. */
  found(): void;
}

export function stopWithBest(asked: CancelSignal): StopWithBest {
  const stop = new CancelSource();
  let some = false;
  asked.onCancel(() => {
    if (some) stop.cancel();
  });
  return {
    signal: stop,
    found: () => {
      some = true;
      if (asked.cancelled) stop.cancel();
    },
  };
}

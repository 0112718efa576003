/** Helpers without threads: every request is answered at once, in the caller's own. */
import type { Helper, HelperReply, Helpers } from './helpers.ts';
import { openTrade, type AnswerOf, type AnyWork, type TradeName } from './trades.ts';

export const sameThread: Helpers = {
  threads: 0,
  open<Name extends TradeName>(trade: Name, known: unknown): Helper<Name> {
    let work: AnyWork | null = null;
    let last: HelperReply<Name> | null = null;
    return {
      ask: (request) => {
        if (last !== null) return Promise.resolve(last);
        try {
          work ??= openTrade(trade, known);
          return Promise.resolve({ kind: 'done', answer: work(request) as AnswerOf<Name> });
        } catch (thrown) {
          last = { kind: 'failed', problem: thrown instanceof Error ? thrown.message : String(thrown) };
          return Promise.resolve(last);
        }
      },
      close: () => {
        last ??= { kind: 'closed' };
        return Promise.resolve();
      },
    };
  },
};

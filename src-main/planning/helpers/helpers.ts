/**
 * Helpers: long reckoning beside the planning, in threads of their own where the host has any. Planning owns this interface; the host plugs in
 * threads, and without them the same work is done in the caller's thread (same-thread.ts). A helper knows some data from its beginning, keeps
 * what it learns, and answers one request after the other; what it answers depends on its requests alone, not on where or when it works.
 */
import type { AnswerOf, KnownTo, RequestOf, TradeName } from './trades.ts';

export interface Helpers {
  /** Helpers that can work beside the caller without taking its processor; 0: each request is answered in the caller's thread. */
  readonly threads: number;
  /** @param known copied to where the helper works. The caller closes what it opened. */
  open<Name extends TradeName>(trade: Name, known: KnownTo<Name>): Helper<Name>;
}

export interface Helper<Name extends TradeName> {
  /** In the order asked. */
  ask(request: RequestOf<Name>): Promise<HelperReply<Name>>;
  /** Ends what it does at once: open requests, and later ones, are answered `closed`. Resolved when nothing of it is left. */
  close(): Promise<void>;
}

export type HelperReply<Name extends TradeName> =
  | { kind: 'done'; answer: AnswerOf<Name> }
  | { kind: 'closed' }
  /** It broke, and answers nothing more. */
  | { kind: 'failed'; problem: string };

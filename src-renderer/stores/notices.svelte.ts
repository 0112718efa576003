import type { ErrorReport } from '../../src-main/base/errors.ts';

export interface Notice {
  text: string;
  /** Set when something was refused; the text then says what and the report what to do. */
  error: ErrorReport | null;
}

/** The one line of feedback after an act: said once in the status bar, kept until the next act, another day or screen, or until dismissed. */
export class NoticeStore {
  current = $state.raw<Notice | null>(null);

  say(text: string): void {
    this.current = { text, error: null };
  }

  /** Says what came of an act: its error, or that it was done. */
  settle(done: string, error: ErrorReport | null): void {
    this.current = error === null ? { text: done, error: null } : { text: error.message, error };
  }

  dismiss(): void {
    this.current = null;
  }
}

/**
 * Ends a long-running host in order when it is asked to: Ctrl+C, a termination signal, or the process that started it is gone.
 * A terminal sends Ctrl+C to every process of the group and a parent may pass it on as well, so repeats within a second count
 * as one; a Ctrl+C after that ends the process at once.
 */
export const impatientAfterMs = 1000;

export function closeWhenAsked(close: () => Promise<void>): void {
  let askedAtMs: number | null = null;
  const stop = (signal?: NodeJS.Signals) => {
    if (askedAtMs !== null) {
      if (signal === 'SIGINT' && performance.now() - askedAtMs > impatientAfterMs) process.exit(130);
      return;
    }
    askedAtMs = performance.now();
    close().then(
      () => process.exit(0),
      (thrown: unknown) => {
        process.stderr.write(`Closing failed: ${String(thrown)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', () => stop());
}

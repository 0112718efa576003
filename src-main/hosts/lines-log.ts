/** A log as lines on standard error, one JSON object each: what a terminal host writes, away from its answers. */
import type { Log } from '../base/log.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof levels)[number];

/** @param write takes one line without its end; standard error by default */
export function linesLog(
  least: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  nowMs: () => number = Date.now,
): Log {
  const at = (level: LogLevel) => (message: string, data?: Record<string, unknown>) => {
    if (levels.indexOf(level) < levels.indexOf(least)) return;
    write(JSON.stringify({ at: new Date(nowMs()).toISOString(), level, message, ...data }));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The desktop's log: a rotating file in the system's place for logs, one JSON object per line. */
import logger from 'electron-log/node';
import { join } from 'node:path';
import type { Log } from '../../base/log.ts';
import { linesLog, type LogLevel } from '../lines-log.ts';

export function fileLog(directory: string, least: LogLevel): Log {
  const { file, console } = logger.transports;
  file.resolvePathFn = () => join(directory, 'surewatt.log');
  file.level = 'info';
  file.format = '{text}';
  file.maxSize = 5 * 1024 * 1024;
  console.level = false;
  return linesLog(least, (line) => logger.info(line));
}

/** A loopback host of its own for one test: the built bundle in its own process, with its own database. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { builtMain } from './built.ts';

export interface RunningHost {
  /** The address that opens the desk, once. */
  openUrl: string;
  origin: string;
  /** What it wrote to standard error. */
  said(): string;
  stop(): Promise<number | null>;
}

/** @param more further arguments; without `--empty` a database that does not exist is filled with the demo */
export async function startBrowserHost(databaseFile: string, more: readonly string[] = []): Promise<RunningHost> {
  const child = fork(builtMain('browser'), ['--db', databaseFile, ...more], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let out = '';
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const openUrl = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const address = /Surewatt is at (\S+)/.exec(out)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`the host ended with code ${String(code)}: ${said}`)));
  });
  return {
    openUrl,
    origin: new URL(openUrl).origin,
    said: () => said,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill('SIGTERM');
      const [code] = await ended;
      return code;
    },
  };
}

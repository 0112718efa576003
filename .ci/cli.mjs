/**
 * `npm run cli -- <command>`: the command line from its sources, under the Node the product is built for. Standard output is
 * the command's alone.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, ensureDependencies, productEnvironment, productNode, root } from './setup.mjs';

ensureDependencies();
const node = productNode();
const args = process.argv.slice(2);
// Only `serve` needs the built renderer; everything else runs from the sources.
if (args[0] === 'serve' && !args.includes('--help')) ensureBuild(node);

const child = spawn(node, [join(root, 'src-main', 'hosts', 'cli', 'main.ts'), ...args], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
  env: productEnvironment(node),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

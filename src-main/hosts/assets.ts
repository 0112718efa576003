/**
 * The files of the renderer as answers: one `Request → Response` used by the desktop's own protocol, the loopback host and the
 * tests, so that the content security policy and the path checks are the same code everywhere.
 */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export type AssetHandler = (request: Request) => Promise<Response>;

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Serves files below `directory`: 405 for what is not GET or HEAD, 403 for a path that leaves it, 404 for what is not there. */
export function createAssetHandler(directory: string): AssetHandler {
  const root = realpath(directory);
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return plainAnswer(405, 'Only GET is answered here.', { allow: 'GET, HEAD' });
    const relative = safePath(new URL(request.url).pathname);
    if (relative === null) return plainAnswer(403, 'That path is not allowed.');
    const type = mediaTypes[extname(relative)];
    const file = await realpath(join(await root, relative)).catch(() => null);
    if (type === undefined || file === null) return plainAnswer(404, 'There is no such file.');
    if (!file.startsWith((await root) + sep)) return plainAnswer(403, 'That path is not allowed.');
    const bytes = await readFile(file);
    // Names below assets/ carry the hash of their content.
    const caching = relative.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-cache';
    const headers = {
      ...securityHeaders,
      'content-type': type,
      'content-length': String(bytes.length),
      'cache-control': caching,
    };
    return new Response(request.method === 'HEAD' ? null : bytes, { headers });
  };
}

/** A short text answer with the same protections as every other. */
export function plainAnswer(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text + '\n', {
    status,
    headers: {
      ...securityHeaders,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

/** The path below the root that a URL path names, or null when it tries to leave. */
function safePath(pathname: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path === '/') return 'index.html';
  const parts = path.slice(1).split('/');
  const strange = (part: string) => part === '' || part.startsWith('.') || /[\\:\0%]/.test(part);
  return parts.some(strange) ? null : parts.join('/');
}

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, createAssetHandler, type AssetHandler } from './assets.ts';

let folder = '';
let assets: AssetHandler;
const get = (path: string, method = 'GET') => assets(new Request(`http://127.0.0.1${path}`, { method }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surewatt-assets-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.json'), '{}');
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer', 'assets', 'index-abc.js'), 'export {};');
  await writeFile(join(folder, 'renderer', 'notes.exe'), '');
  await symlink(join(folder, 'secret.json'), join(folder, 'renderer', 'assets', 'link.json'));
  assets = createAssetHandler(join(folder, 'renderer'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the asset handler', () => {
  it('serves the page and its files with their type and every protection', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const script = await get('/assets/index-abc.js');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(await script.text()).toBe('export {};');
    expect(await (await get('/', 'HEAD')).text()).toBe('');
  });
  it('allows no inline or evaluated script', () => {
    const scripts = contentSecurityPolicy.split('; ').find((part) => part.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self'");
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'/);
  });
  it.each([
    '/..%2fsecret.json',
    '/%2e%2e%2fsecret.json',
    '/assets/..%5c..%5csecret.json',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    '//etc/passwd',
    '/assets//index-abc.js',
    '/.hidden',
    '/a%00.js',
    '/%',
    '/assets/link.json',
  ])('refuses %s', async (path) => {
    expect((await get(path)).status).toBe(403);
  });
  it('answers 404 for what is not there or not of the renderer, 405 for other methods', async () => {
    expect((await get('/../secret.json')).status).toBe(404);
    expect((await get('/absent.js')).status).toBe(404);
    expect((await get('/notes.exe')).status).toBe(404);
    expect((await get('/assets')).status).toBe(404);
    expect((await get('/', 'POST')).status).toBe(405);
  });
});

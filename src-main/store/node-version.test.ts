import { describe, expect, it } from 'vitest';
import { loadDriver } from './driver.ts';
import { refuseOldNode } from './node-version.ts';

describe('refuseOldNode', () => {
  it.each(['20.20.2', '21.9.0', '4.0.0'])('refuses Node %s in words, before the addon is loaded', (found) => {
    expect(() => refuseOldNode(found)).toThrow(`Node ${found} is too old; 22 or newer is needed.`);
    expect(() => loadDriver(found)).toThrow(/too old/);
  });
  it.each(['22.0.0', '24.21.0', '100.1.0'])('takes Node %s', (found) => {
    expect(() => refuseOldNode(found)).not.toThrow();
  });
});

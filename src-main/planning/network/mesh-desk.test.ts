import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../../hosts/file-source.ts';
import { onDemo } from '../fixtures/on-demo.ts';
import type { Site } from '../site.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const { desk, ask, refusal, ended } = onDemo();

const upload = async (name: string): Promise<string> => {
  const path = fileURLToPath(new URL(`../../../bench/feeders/ring8-${name}.csv`, import.meta.url));
  return desk().core.upload(await fileSource(path)).uploadId;
};

describe('a site on a meshed network', () => {
  it('is imported, placed, planned by its line limits, shown and exported, from the calls of the screens alone', async () => {
    const uploads = { buses: await upload('buses'), branches: await upload('branches') };
    const radial = await ask('feeders.preview', { uploads });
    expect(radial.refused?.message).toMatch(/closes a loop: Yard–Grid–North–Market–Yard/);
    const mapping = { ...radial.mapping, topology: 'meshed' as const };
    expect((await ask('feeders.preview', { uploads, mapping })).reading).toMatchObject({
      topology: 'meshed',
      flow: null,
    });
    const about = { name: 'Lakeside ring', source: 'made up', licence: '', attribution: '' };
    const { feederId } = (await ended(await ask('feeders.import', { uploads, mapping, ...about }))).result as {
      feederId: string;
    };
    expect((await ask('feeders.list', {})).map(({ topology }) => topology)).toEqual(['meshed', 'radial']);

    const { services: _, ...site } = desk().core.tools.store.getSite()!;
    const [first] = site.aggregators;
    const onRing = (model: 'dc' | 'lindistflow'): Site => ({
      ...site,
      aggregators: [first!],
      network: {
        feederId,
        model,
        voltageMinPu: 0.95,
        voltageMaxPu: 1.05,
        places: [
          { kind: 'gas', id: 'gas-1', bus: 'Quay', converterKva: 0 },
          { kind: 'storage', id: 'battery-1', bus: 'Market', converterKva: 0 },
          { kind: 'aggregator', id: first!.id, bus: 'Harbour', converterKva: 0 },
        ],
      },
    });
    expect(await refusal('site.save', { site: onRing('lindistflow') })).toMatchObject({
      code: 'bad-site',
      message: expect.stringMatching(/Lakeside ring is a meshed network/) as string,
    });
    await ask('site.save', { site: onRing('dc') });
    expect((await ask('desk.state', {})).site!.network).toMatchObject({ topology: 'meshed', model: 'dc' });

    const fit = { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 120 } as const;
    const wish = { day: '2023-06-15', set: 'budget', protection: 2, fit, timeLimitSeconds: unhurriedSeconds } as const;
    const made = await ended(await ask('plan.make', wish));
    expect(made.error).toBeNull();
    const { planId } = made.result as { planId: string };
    expect((await ask('plan.get', { planId })).check).toMatchObject({ passed: true, breaches: [] });
    expect(await ask('network.get', { planId })).toBeNull();
    const view = (await ask('network.mesh', { planId }))!;
    expect(view.mesh.buses[0]).toBe('Grid');
    expect([...view.mesh.x].every(Number.isFinite)).toBe(true);
    expect(view.flowMw).toHaveLength(96 * 12);
    expect(view.assets.find(({ id }) => id === 'gas-1')!.bus).toBe(view.mesh.buses.indexOf('Quay'));
    for (const { worstMw, limitMw } of view.fullest) expect(Math.abs(worstMw)).toBeLessThanOrEqual(limitMw + 1e-6);
    expect(view.prices!.busPerMwh).toHaveLength(96 * 8);
    expect(Math.min(...view.prices!.energyPerMwh)).toBeGreaterThan(0);
    expect((await ask('network.export', { planId })).text.split('\r\n')).toHaveLength(1 + 96 * 12 + 1);
    const refused = await ended(await ask('plan.make', { ...wish, network: 'branch-flow' }));
    expect(refused.error?.message).toMatch(/asks for "branch-flow", and Lakeside ring is a meshed network/);
  });
});

/** One time for map, stringline and slider: moved, read, played. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { smsPlanFixture } from '../../stores/fixtures/sms-fixture.ts';
import { line, map, placeOf, ready, show, slider } from './fixtures/routing.ts';

describe('time on the routing screen', () => {
  it('the slider moves the trucks between slots, and the cursor of every screen with it', async () => {
    const { stores } = await show();
    await ready();
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard('{PageDown}');
    expect(stores.cursor.label).toBe('01:00');
    const leaving = placeOf(1);
    await userEvent.keyboard('{ArrowRight}');
    expect(placeOf(1)).not.toBe(leaving);
    expect(placeOf(2)).not.toBe('');
    expect(stores.cursor.label).toBe('01:00');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '01:05');
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '01:06');
    await userEvent.keyboard('{End}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '23:59');
    stores.cursor.set(0);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '00:00');
  });

  it('arrow keys read the charts slot by slot, and say where each truck is', async () => {
    await show();
    await ready();
    (line().element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    await expect.element(line()).toHaveAttribute('aria-valuetext', '02:00–03:00');
    await expect.element(map()).toHaveAttribute('aria-valuetext', '02:00–03:00');
    const said = [...document.querySelectorAll('[aria-live]')].map((live) =>
      live.textContent.replaceAll('\u00a0', ' '),
    );
    expect(said.join()).toContain('Truck 1 at Mill charges 500 kW');
  });

  it('Space plays and stops; it stops by itself when the screen is left', async () => {
    const { stores } = await show();
    await ready();
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    expect(stores.dayTime.playing).toBe(true);
    await vi.waitFor(() => expect(stores.dayTime.minute).toBeGreaterThan(0));
    await userEvent.keyboard(' ');
    expect(stores.dayTime.playing).toBe(false);
  });

  it('does not play where reduced motion is asked for, and says so', async () => {
    const media = { matches: true, addEventListener: () => undefined, removeEventListener: () => undefined };
    const spy = vi.spyOn(window, 'matchMedia').mockReturnValue(media as unknown as MediaQueryList);
    const { stores } = await show();
    await ready();
    spy.mockRestore();
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    expect(stores.dayTime.playing).toBe(false);
    await expect
      .element(page.getByRole('button', { name: 'Play the day' }))
      .toHaveAccessibleDescription('Reduced motion is asked for; move the slider instead.');
  });

  it('a cursor of a finer schedule keeps its instant here', async () => {
    const { stores } = await show();
    await ready();
    stores.cursor.setHorizon({
      ...smsPlanFixture().horizon,
      slotMinutes: 15,
      slots: 96,
      labels: Array<string>(96).fill(''),
    });
    stores.cursor.set(9);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '02:15');
    stores.cursor.setHorizon(smsPlanFixture().horizon);
    expect(stores.cursor.slot).toBe(2);
  });
});

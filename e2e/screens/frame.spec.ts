/** The frame around every screen: keys, palette, the one time cursor, print. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.use({ database: 'planned' });

const screens = ['overview', 'telemetry', 'uncertainty', 'schedule', 'risk', 'routing', 'market', 'network'] as const;
const shown = (page: Page, screen: string) => page.locator(`main[data-screen=${screen}]`);

interface Focus {
  name: string;
  ring: boolean;
  small: boolean;
  role: string;
}
const whatHasTheFocus = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    name: one.getAttribute('aria-label') ?? one.textContent.trim(),
    ring: outlineStyle !== 'none' && outlineWidth === '2px',
    small: box.width < 24 || box.height < 24,
    role: one.tagName,
  };
})()`;

test.beforeEach(async ({ page }) => {
  await expect(page.getByRole('heading', { name: /has a draft plan/ })).toBeVisible();
});

test('Ctrl+1 to Ctrl+8 open the screens, and axe finds nothing wrong with any', async ({ page }) => {
  for (const [index, screen] of screens.entries())
    await test.step(screen, async () => {
      await page.keyboard.press(`Control+${index + 1}`);
      await expect(shown(page, screen)).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`#${screen}$`));
      await expect(page.locator('[data-state=loading]')).toHaveCount(0);
      await expectAccessible(page);
    });
});

test('the palette opens with Ctrl+K, leads to a screen by its name, and gives the focus back', async ({ page }) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('sched');
  await page.keyboard.press('Enter');
  await expect(shown(page, 'schedule')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the slot chosen on one screen is the slot of the others', async ({ page }) => {
  const dispatch = page.getByRole('slider', { name: /Dispatch/ });
  await dispatch.focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 57; step++) await page.keyboard.press('ArrowRight');
  await expect(dispatch).toHaveAttribute('aria-valuenow', '57');
  await page.keyboard.press('Enter');
  await expect(shown(page, 'schedule')).toBeVisible();
  await expect(page.getByRole('slider', { name: /Dispatch/ })).toHaveAttribute('aria-valuenow', '57');
});

test('everything on the overview can be reached with Tab, and what has the focus shows it', async ({ page }) => {
  await page.locator('body').click({ position: { x: 2, y: 400 } });
  const reached = new Set<string>();
  for (let step = 0; step < 100; step++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<Focus | null>(whatHasTheFocus);
    // At the end of the page the focus goes round to its beginning.
    if (focus === null) continue;
    reached.add(focus.name);
    // A chart or a radio button draws the ring on its surroundings.
    if (focus.role === 'BUTTON' || focus.role === 'A') {
      expect(focus, focus.name).toMatchObject({ ring: true, small: false });
    }
  }
  const names = [...reached].join('\n');
  for (const wanted of ['Schedule', 'Approve', 'Re-plan tomorrow', 'Worst-case cost', 'Commands'])
    expect(names).toContain(wanted);
});

test('every screen prints in landscape, and the page says which plan it is', async ({ page, door }) => {
  for (const [index, screen] of screens.entries())
    await test.step(screen, async () => {
      await page.keyboard.press(`Control+${index + 1}`);
      await expect(shown(page, screen)).toBeVisible();
      await expect(page.locator('[data-state=loading]')).toHaveCount(0);
      await page.emulateMedia({ media: 'print' });
      const header = page.locator('[data-print-header]');
      await expect(header).toBeVisible();
      // This database has a schedule and no plan of trucks; how theirs prints is in routing.spec.ts.
      const says = screen === 'routing' ? /No plan of trucks/ : /Plan \S+ \(draft\), protection α = \d/;
      await expect(header).toContainText(says);
      await expect(page.getByRole('navigation', { name: 'Screens' })).toBeHidden();
      // Electron prints through its own dialog.
      if (door !== 'electron') {
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
        expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
        // Laid out as wide as on screen, then brought to the paper as a whole.
        const laidOut = await page.evaluate<string>("document.documentElement.style.getPropertyValue('--print-width')");
        expect(Number.parseFloat(laidOut)).toBeGreaterThan(1000);
        const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
        expect(Number(width)).toBeGreaterThan(Number(height));
      }
      await page.emulateMedia({ media: null });
    });
});

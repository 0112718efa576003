/** L2: a feeder is imported, the site placed on it and planned, its voltages seen, and settings of the feeder tried. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { expectAccessible } from './accessible.ts';

test.use({ database: 'small' });

/** Six buses of 10 kV, S–a–b–c with a spur a–d–e and an open tie c–e; all the load far out. */
const buses = `bus,type,load_kw,load_kvar,base_kv
S,3,0,0,10
a,1,50,20,10
b,1,200,80,10
c,1,300,120,10
d,1,100,40,10
e,1,150,60,10
`;
const branches = `from,to,r_ohm,x_ohm,status
S,a,0.4,0.3,1
a,b,0.8,0.5,1
b,c,1.1,0.7,1
a,d,0.6,0.3,1
d,e,0.9,0.4,1
c,e,1,0.5,0
`;
const places = 'S 0 0\na 100 0\nb 200 40\nc 300 60\nd 180 -60\ne 290 -80\n';
const given = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function openImport(page: Page) {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('What do you want to do?').fill('Import a feeder');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Import a feeder' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('import, place, plan, see voltages, try a tap', async ({ page }) => {
  test.setTimeout(240_000);
  const dialog = await openImport(page);
  await expectAccessible(page);
  await dialog.getByLabel('Files to import').setInputFiles([given('town-branches.csv', branches), given('town-buses.csv', buses), given('places.txt', places)]); // prettier-ignore
  await expect(dialog.getByRole('combobox', { name: 'town-buses.csv' })).toHaveValue('buses');
  await expect(dialog.getByRole('combobox', { name: 'places.txt' })).toHaveValue('coordinates');
  await expect(dialog.getByText(/bus c is lowest with/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Town feeder');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Place the site on it …' }).click();

  const place = page.getByRole('dialog', { name: 'Where the site stands' });
  // Buses of the feeder before are not those of this one: each device must be given its own.
  await expect(place.getByRole('button', { name: 'Save the site' })).toHaveAttribute('aria-disabled', 'true');
  await expect(place.getByText('not on this feeder').first()).toBeVisible();
  const devices = place.getByRole('table', { name: 'Devices' }).getByRole('combobox');
  const buses5 = ['a', 'b', 'c', 'd', 'e'];
  for (let index = 0; index < (await devices.count()); index++)
    await devices.nth(index).selectOption(buses5[index % 5]!);
  await place.getByRole('combobox', { name: 'It enters a plan by' }).selectOption('Check only');
  await expectAccessible(page);
  await place.getByRole('button', { name: 'Save the site' }).click();
  await expect(place).toHaveCount(0);

  await page.getByRole('button', { name: /^Plan on the network/ }).first().click(); // prettier-ignore
  const diagram = page.getByRole('slider', { name: 'One-line diagram of Town feeder' });
  await expect(diagram).toBeVisible({ timeout: 180_000 });
  await expect(page.getByText('Open tie switches: c–e.')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'By place' })).toBeChecked();
  await expect(page.getByRole('table', { name: 'The five buses nearest their limits' }).getByRole('row')).toHaveCount(
    6,
  );
  await expectAccessible(page);

  await page.keyboard.press('Control+i');
  const table = page.getByRole('table', { name: 'What it would change' });
  const lowest = async (column: number): Promise<number> =>
    Number(
      await table.getByRole('row').filter({ hasText: 'Lowest voltage' }).getByRole('cell').nth(column).textContent(),
    );
  await expect(table).toBeVisible();
  const planned = await lowest(0);
  expect(await lowest(1)).toBe(planned);
  await page.getByRole('spinbutton', { name: 'Substation held at, pu' }).fill('1.025');
  await page.keyboard.press('Tab');
  await expect(page.getByText('substation at 1.025')).toBeVisible();
  expect(await lowest(1)).toBeGreaterThan(planned + 0.02);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use for the next plan' }).click();
  await expect(page.getByText(/The next plan is made with substation at 1\.025/)).toBeVisible();
});

test('a loop is refused by its branch, and nothing is stored', async ({ page }) => {
  const dialog = await openImport(page);
  const loop = branches.replace('c,e,1,0.5,0', 'c,e,1,0.5,1');
  await dialog.getByLabel('Files to import').setInputFiles([given('buses.csv', buses), given('branches.csv', loop)]);
  await expect(dialog.getByText(/branch c–e closes a loop/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('What do you want to do?').fill('Place the site on its feeder');
  await page.keyboard.press('Enter');
  const feeders = page.getByRole('dialog', { name: 'Where the site stands' }).getByRole('combobox', { name: 'Feeder' });
  await expect(feeders.getByRole('option')).toHaveCount(1);
});

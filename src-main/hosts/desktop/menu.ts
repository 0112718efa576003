/** The application menu: what every desktop program offers, and the backup, which needs a place chosen by the operator. */
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActs {
  backUp(): void;
}

export function menuTemplate(platform: NodeJS.Platform, acts: MenuActs): MenuItemConstructorOptions[] {
  const application: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  return [
    ...application,
    {
      label: '&File',
      submenu: [
        { label: 'Back up the database…', click: () => acts.backUp() },
        { type: 'separator' },
        { role: platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
}

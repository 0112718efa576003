export const screens = [
  'overview',
  'telemetry',
  'uncertainty',
  'schedule',
  'risk',
  'routing',
  'market',
  'network',
] as const;
export type Screen = (typeof screens)[number];

export const isScreen = (name: string): name is Screen => (screens as readonly string[]).includes(name);

/** Which screen is shown; kept in the address as `#schedule`, so that back, forward and a saved link work. */
export class RouteStore {
  screen = $state<Screen>('overview');

  start(): () => void {
    const read = (): void => {
      const name = location.hash.replace(/^#\/?/, '');
      this.screen = isScreen(name) ? name : 'overview';
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }

  go(screen: Screen): void {
    this.screen = screen;
    if (location.hash !== `#${screen}`) location.hash = screen;
  }
}

/** The keys of the road map, as acts on it. */
export interface RoadMapActs {
  /** What is seen moves by these shares of its size, against the arrow, as when a page is scrolled. */
  pan: (across: number, down: number) => void;
  zoom: (factor: number) => void;
  fit: () => void;
  walkOn: () => void;
  walkBack: () => void;
  /** Into another branch; null where no stretch is chosen. */
  walkAside: (() => void) | null;
  closeRoad: (() => void) | null;
  play: (() => void) | null;
  nextTruck: () => void;
  nextPlace: (step: 1 | -1) => void;
  open: () => void;
  leave: () => void;
}

const keyZoom = 1.5;
const quarter = 0.25;
const pans: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [quarter, 0],
  ArrowRight: [-quarter, 0],
  ArrowUp: [0, quarter],
  ArrowDown: [0, -quarter],
};

/** The act a key stands for; null for keys the map leaves to others. */
export function roadMapAct(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  acts: RoadMapActs,
): (() => void) | null {
  const pan = shiftKey ? pans[key] : undefined;
  if (pan) return () => acts.pan(...pan);
  switch (key) {
    case '+':
    case '=':
      return () => acts.zoom(keyZoom);
    case '-':
    case '_':
      return () => acts.zoom(1 / keyZoom);
    case '0':
      return acts.fit;
    case 'r':
      return acts.walkOn;
    case 'R':
      return acts.walkBack;
    case 'j':
      return acts.walkAside;
    case 'c':
      return acts.closeRoad;
    case ' ':
      return acts.play;
    case 't':
      return acts.nextTruck;
    case 'ArrowDown':
      return () => acts.nextPlace(1);
    case 'ArrowUp':
      return () => acts.nextPlace(-1);
    case 'Enter':
      return acts.open;
    case 'Escape':
      return acts.leave;
    default:
      return null;
  }
}

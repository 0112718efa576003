/** What is chosen or pointed at on map and stringline alike. */
export type RoadSelection =
  | { kind: 'truck'; truck: number }
  | { kind: 'place'; place: number }
  | { kind: 'leg'; truck: number; leg: number }
  | { kind: 'link'; link: number };

export const truckOf = (selection: RoadSelection | null): number | null =>
  selection?.kind === 'truck' || selection?.kind === 'leg' ? selection.truck : null;

/** The next truck after the one chosen, round and round. */
export const nextTruck = (selection: RoadSelection | null, trucks: number): RoadSelection | null =>
  trucks === 0 ? null : { kind: 'truck', truck: ((truckOf(selection) ?? -1) + 1) % trucks };

/** The next place after the one chosen (or the one before it), round and round. */
export function nextPlace(selection: RoadSelection | null, places: number, step: 1 | -1): RoadSelection | null {
  if (places === 0) return null;
  const at = selection?.kind === 'place' ? selection.place : step > 0 ? -1 : 0;
  return { kind: 'place', place: (at + step + places) % places };
}

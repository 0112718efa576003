/** What plans are made for, in the operator's words. */

export type ObjectiveName = 'cost' | 'generation' | 'loss' | 'deviation' | 'renewables';
type Wish =
  | { rule: 'lexicographic'; order: readonly { objective: ObjectiveName; tolerance: number }[] }
  | { rule: 'weighted'; weights: readonly { objective: ObjectiveName; weight: number }[] };

export const objectiveNames: Record<ObjectiveName, string> = {
  cost: 'Cost',
  generation: 'Generation cost',
  loss: 'Power loss',
  deviation: 'Largest deviation',
  renewables: 'Renewables used',
};

export const objectiveMeaning: Record<ObjectiveName, string> = {
  cost: 'Worst-case committed cost, the negative of the owner’s profit.',
  generation: 'Fuel and no-load of the gas units.',
  loss: 'Energy lost on the way.',
  deviation: 'Largest difference between renewables and load with EVs in any slot, whatever of the set happens.',
  renewables: 'Share of the available renewable energy that is used.',
};

export const objectiveUnit = (objective: ObjectiveName, currency: string): string =>
  ({ cost: currency, generation: currency, loss: 'kWh', deviation: 'kW', renewables: '%' })[objective];

/** "Cost, then largest deviation for at most 2 %" */
export function objectiveWishWords(wish: Wish | null): string {
  if (wish === null) return 'Cost';
  if (wish.rule === 'weighted')
    return `Weighted: ${wish.weights
      .filter(({ weight }) => weight > 0)
      .map(({ objective, weight }) => `${objectiveNames[objective].toLowerCase()} × ${weight}`)
      .join(', ')}`;
  return wish.order
    .map(({ objective, tolerance }, at) => {
      const share = tolerance > 0 ? ` for at most ${Number((100 * tolerance).toFixed(2))} %` : '';
      return at === 0 ? objectiveNames[objective] : `then ${objectiveNames[objective].toLowerCase()}${share}`;
    })
    .join(', ');
}

/**
 * Settlement to the cent. Every amount is rounded once; all else is whole-number arithmetic, so that nothing is lost or made.
 *
 *   owner's income = Σ rent_g
 *   saving S = Σ_g (alone_g − own_g − rent_g), shared equally: grid g pays alone_g − S_g with S_g = ⌊S / n⌋ or ⌊S / n⌋ + 1
 *   transfer_g = own_g + rent_g − pays_g, Σ transfer_g = 0
 *
 * The equal share is Nash's bargaining solution of users whose alternative is to do without trucks. Where S ≥ 0 nobody is worse off.
 */
import type { Settlement } from './plan.ts';

export interface Accounts {
  aloneUsd: readonly number[];
  ownUsd: readonly number[];
  rentUsd: readonly number[];
}

export function settle(ids: readonly string[], { aloneUsd, ownUsd, rentUsd }: Accounts): Settlement {
  const alone = aloneUsd.map(cents);
  const own = ownUsd.map(cents);
  const rent = rentUsd.map(cents);
  const saving = ids.reduce((sum, _, g) => sum + alone[g]! - own[g]! - rent[g]!, 0);
  const least = Math.floor(saving / ids.length);
  const extra = saving - least * ids.length;
  return {
    grids: ids.map((id, g) => {
      const paysCents = alone[g]! - least - (g < extra ? 1 : 0);
      return {
        id,
        aloneCents: alone[g]!,
        ownCents: own[g]!,
        rentCents: rent[g]!,
        transferCents: own[g]! + rent[g]! - paysCents,
        paysCents,
      };
    }),
    ownerIncomeCents: rent.reduce((sum, amount) => sum + amount, 0),
  };
}

const cents = (usd: number): number => Math.round(usd * 100);

/** What helpers can do: by name, so that a thread can be told which. All of it is pure, and what travels is plain data. */
import { dayTrade } from '../sms/day-trade.ts';
import { fleetTrade } from '../sms/fleet-trade.ts';

/** From what a helper knows to how it answers. */
export const trades = { 'sms-days': dayTrade, 'sms-fleets': fleetTrade };

type Trades = typeof trades;
export type TradeName = keyof Trades;
export type KnownTo<Name extends TradeName> = Parameters<Trades[Name]>[0];
export type RequestOf<Name extends TradeName> = Parameters<ReturnType<Trades[Name]>>[0];
export type AnswerOf<Name extends TradeName> = ReturnType<ReturnType<Trades[Name]>>;

/** The same, for whoever passes on what it does not look into. */
export type AnyWork = (request: unknown) => unknown;
export const openTrade = (name: string, known: unknown): AnyWork => {
  const open = (trades as Record<string, unknown>)[name] as ((known: unknown) => AnyWork) | undefined;
  if (open === undefined) throw new Error(`no helper can do ${name}`);
  return open(known);
};

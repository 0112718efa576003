import { defaultTariffs, type TariffTrialPayload } from '../../../contract/tariffs.ts';
import { createAsk } from '../ask.ts';
import { exitCodes, numberOption, wrongUsage, type Command } from '../command.ts';
import { planNamed } from '../plan-named.ts';
import { facts, number, table } from '../table.ts';

export const tariffsCommand: Command = {
  name: 'tariffs',
  takes: '[<plan>]',
  summary:
    'Demand response: how car owners would answer tariffs and incentives, and what it is worth to them and the utility.',
  options: {
    margin: {
      type: 'string',
      value: 'PRICE',
      help: `Flat price per kWh over what charging at once costs; ${defaultTariffs.marginPerKwh} unless said otherwise.`,
    },
    peak: {
      type: 'string',
      value: 'PRICE',
      help: `Cost of a kW of the day's highest demand; ${defaultTariffs.peakPerKw} unless said otherwise.`,
    },
  },
  async run(context) {
    const ask = await createAsk(context);
    const planId = await planNamed(context, ask);
    const marginPerKwh = numberOption(context.values, 'margin') ?? defaultTariffs.marginPerKwh;
    const peakPerKw = numberOption(context.values, 'peak') ?? defaultTariffs.peakPerKw;
    if (marginPerKwh < 0 || peakPerKw < 0) throw wrongUsage('--margin and --peak take 0 and more.');
    const trial = await ask('tariffs.try', { planId, marginPerKwh, peakPerKw });
    context.output.result(trial, () => tariffsText(trial));
    return exitCodes.done;
  },
};

function tariffsText({
  planId,
  currency,
  cars,
  energyKwh,
  flatPerKwh,
  peakPerKw,
  outcomes,
}: TariffTrialPayload): string {
  return [
    facts([
      ['plan', planId],
      ['cars', `${number(cars, 0)}, ${number(energyKwh, 0)} kWh`],
      ['flat price', `${number(flatPerKwh, 4)} ${currency}/kWh`],
      ['peak', `${number(peakPerKw, 2)} ${currency} per kW of the day`],
    ]),
    `Each kind at the strength that costs the utility least, in ${currency}; gains against the flat tariff:`,
    table(
      [
        'tariff',
        'strength',
        'bills',
        'owners gain',
        'energy',
        'peak',
        'paid',
        'utility gains',
        'peak kW',
        'shifted kWh',
        'cars worse off',
      ],
      outcomes.map((one) => [
        one.kind,
        number(one.strength, 2),
        number(one.bills, 2),
        number(one.ownersGain, 2),
        number(one.energyCost, 2),
        number(one.peakCost, 2),
        number(one.paid, 2),
        number(one.utilityGains, 2),
        number(one.peakKw, 0),
        number(one.shiftedKwh, 0),
        number(one.carsWorseOff, 0),
      ]),
    ),
  ].join('\n\n');
}

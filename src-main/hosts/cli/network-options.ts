/** How the feeder of the site enters a plan, a sweep or a dial. */
import { networkModel, type NetworkModelPayload } from '../../contract/network-model.ts';
import { choiceOption, numberOption, type CommandOption, type OptionValues } from './command.ts';

export const networkOptionsHelp: Readonly<Record<string, CommandOption>> = {
  network: {
    type: 'string',
    value: 'MODEL',
    help: `How the feeder enters: ${networkModel.options.join(', ')}, or off; as the site says unless said otherwise.`,
  },
  'voltage-min': {
    type: 'string',
    value: 'PU',
    help: 'Lowest voltage kept at any bus of the feeder; as the site says unless said otherwise.',
  },
};

/** Nothing where the site has the word. */
export function networkOptionsOf(values: OptionValues): {
  network?: NetworkModelPayload | 'off';
  voltageMinPu?: number;
} {
  const network = choiceOption(values, 'network', [...networkModel.options, 'off']);
  const voltageMinPu = numberOption(values, 'voltage-min');
  return { ...(network === undefined ? {} : { network }), ...(voltageMinPu === undefined ? {} : { voltageMinPu }) };
}

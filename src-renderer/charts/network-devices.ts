/** Letter, series colour and name of the devices that stand at the buses of a network. */
export type DeviceKind = 'wind' | 'gas' | 'storage' | 'aggregator' | 'truck' | 'capacitor';

export const deviceLetters: Readonly<Record<DeviceKind, string>> = {
  wind: 'W',
  gas: 'G',
  storage: 'B',
  aggregator: 'C',
  truck: 'T',
  capacitor: 'K',
};

export const deviceColours: Readonly<Record<DeviceKind, string>> = {
  wind: 'wind',
  gas: 'gas',
  storage: 'storage',
  aggregator: 'ev',
  truck: 'storage',
  capacitor: 'grid',
};

export const deviceNames: Readonly<Record<DeviceKind, string>> = {
  wind: 'wind',
  gas: 'gas',
  storage: 'battery',
  aggregator: 'cars',
  truck: 'trucks',
  capacitor: 'capacitor',
};

/** From the units of road files to minutes, kilometres and kilometres per hour. */
export const timeUnits = { minutes: 1, hours: 60, 'hundredths-of-hour': 0.6, seconds: 1 / 60 } as const;
export const lengthUnits = { km: 1, m: 0.001, miles: 1.609344, feet: 0.0003048 } as const;
export const speedUnits = { 'km/h': 1, 'm/s': 3.6, mph: 1.609344 } as const;

export type TimeUnit = keyof typeof timeUnits;
export type LengthUnit = keyof typeof lengthUnits;
export type SpeedUnit = keyof typeof speedUnits;

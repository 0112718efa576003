/** `services` of a case file, as docs/method/services.md has it: series by slot, units by their ids of the case. Its sense is judged with the problem. */
import type { CaseFields, CaseRecord } from '../../case-fields.ts';
import type { ControlArea, Providers, Services, VoltageService } from './services.ts';

/** @throws Refusal `case-bad` naming the field. */
export function readServices(fields: CaseFields, value: unknown, slots: number, path: string): Services {
  const whole = fields.record(value, path);
  const reader = new ServiceReader(fields, slots);
  const at = (name: string): string => `${path}.${name}`;
  const present = <Part>(name: string, read: (value: unknown, path: string) => Part): Record<string, Part> =>
    whole[name] === undefined ? {} : { [name]: read(whole[name], at(name)) };
  return {
    ...present('reserve', (item, place) => reader.reserve(item, place)),
    ...present('regulation', (item, place) => reader.regulation(item, place)),
    ...present('peak', (item, place) => reader.peak(item, place)),
    ...present('voltage', (item, place) => fields.list(item, place, (one, where) => reader.voltage(one, where))),
  };
}

class ServiceReader {
  readonly #fields: CaseFields;
  readonly #slots: number;

  constructor(fields: CaseFields, slots: number) {
    this.#fields = fields;
    this.#slots = slots;
  }

  reserve(value: unknown, path: string): NonNullable<Services['reserve']> {
    const own = this.#fields.record(value, path);
    return {
      durationHours: this.#fields.field(own, path, 'durationHours'),
      withinHours: this.#fields.field(own, path, 'withinHours'),
      areas: this.#fields.list(own['areas'], `${path}.areas`, (item, place): ControlArea => {
        const area = this.#fields.record(item, place);
        return {
          ...this.#named(area, place),
          ...this.#providers(area, place),
          ...this.#series(area, place, ['requiredKw', 'mostKw', 'pricePerKwh']),
        };
      }),
    };
  }

  regulation(value: unknown, path: string): NonNullable<Services['regulation']> {
    const own = this.#fields.record(value, path);
    const signals = this.#fields.record(own['signals'], `${path}.signals`);
    const number = (name: string): number => this.#fields.field(own, path, name);
    const signal = (name: string): number => this.#fields.field(signals, `${path}.signals`, name);
    return {
      ...this.#providers(own, path),
      signals: {
        windowSlots: signal('windowSlots'),
        netShare: signal('netShare'),
        runningHours: signal('runningHours'),
      },
      withinHours: number('withinHours'),
      ...this.#series(own, path, ['mostKw', 'capacityPricePerKwh', 'mileagePricePerKw']),
      mileagePerHour: number('mileagePerHour'),
      performanceScore: number('performanceScore'),
      throughputShare: number('throughputShare'),
    };
  }

  peak(value: unknown, path: string): NonNullable<Services['peak']> {
    const own = this.#fields.record(value, path);
    const { of } = own;
    return {
      of:
        of === 'import' || of === 'net-demand'
          ? of
          : this.#fields.refuse(`${path}.of is ${JSON.stringify(of)}; import or net-demand expected`),
      pricePerKw: this.#fields.field(own, path, 'pricePerKw'),
      soFarKw: this.#fields.field(own, path, 'soFarKw'),
      capKw: this.#fields.list(own['capKw'], `${path}.capKw`, (item, place) =>
        item === null ? null : this.#fields.number(item, place),
      ),
    };
  }

  voltage(value: unknown, path: string): VoltageService {
    const own = this.#fields.record(value, path);
    return {
      ...this.#named(own, path),
      bus: this.#fields.text(own['bus'], `${path}.bus`),
      converters: this.#fields.list(own['converters'], `${path}.converters`, (item, place) => {
        const converter = this.#fields.record(item, place);
        const { kind } = converter;
        return {
          kind:
            kind === 'storage' || kind === 'aggregator'
              ? kind
              : this.#fields.refuse(`${place}.kind is ${JSON.stringify(kind)}; storage or aggregator expected`),
          id: this.#fields.text(converter['id'], `${place}.id`),
          ratedKva: this.#fields.field(converter, place, 'ratedKva'),
        };
      }),
      ...this.#series(own, path, ['requiredKvar', 'mostKvar', 'pricePerKvarh']),
    };
  }

  #named(own: CaseRecord, path: string): { id: string; name: string } {
    const id = this.#fields.text(own['id'], `${path}.id`);
    return { id, name: own['name'] === undefined ? id : this.#fields.text(own['name'], `${path}.name`) };
  }

  #providers(own: CaseRecord, path: string): Providers {
    const ids = (kind: keyof Providers): string[] =>
      own[kind] === undefined
        ? []
        : this.#fields.list(own[kind], `${path}.${kind}`, (item, place) => this.#fields.text(item, place));
    return { gas: ids('gas'), storage: ids('storage'), aggregators: ids('aggregators') };
  }

  /** A number stands for every slot. */
  #series<Name extends string>(own: CaseRecord, path: string, names: readonly Name[]): Record<Name, number[]> {
    const of = (name: Name): number[] => {
      const value = own[name];
      if (typeof value === 'number') return new Array<number>(this.#slots).fill(value);
      return this.#fields.numbers(value, `${path}.${name}`);
    };
    return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, number[]>;
  }
}

import { regexes } from "zod/v4/core";

/**
 * Stands in for `zod/mini` in what browsers load (`scripts/build/light-schemas.ts`): what our schemas use of it, by the
 * same names, accepting, refusing and answering the same, in a twentieth of its size. It tells the first place that
 * does not fit, and no more; it knows neither defaults nor transforms.
 */
export class LightSchema {
  readonly read: Read;
  readonly shape: Shape;
  readonly mayBeAbsent: boolean;

  constructor(
    read: Read,
    { shape = {}, mayBeAbsent = false }: { shape?: Shape; mayBeAbsent?: boolean } = {},
  ) {
    this.read = read;
    this.shape = shape;
    this.mayBeAbsent = mayBeAbsent;
  }

  check(...checks: ((value: number) => boolean)[]): LightSchema {
    return new LightSchema((input, place) => {
      const value = this.read(input, place);
      return checks.every((isGood) => isGood(value as number)) ? value : refuse(place);
    });
  }

  parse(input: unknown): unknown {
    return this.read(input, "");
  }

  safeParse(input: unknown): { success: true; data: unknown } | { success: false; error: unknown } {
    try {
      return { success: true, data: this.parse(input) };
    } catch (error) {
      return { success: false, error };
    }
  }
}

/** Answers what was read at a `place` such as `.items.0.status`, or throws. */
type Read = (input: unknown, place: string) => unknown;
type Shape = Record<string, LightSchema>;
type Mask = Record<string, true>;

function refuse(place: string): never {
  throw new TypeError(`not as agreed: ${place || "."}`);
}

const where = (isGood: (input: unknown) => unknown): LightSchema =>
  new LightSchema((input, place) => (isGood(input) ? input : refuse(place)));

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === "object" && input !== null && !Array.isArray(input);

export const string = () => where((input) => typeof input === "string");
export const boolean = () => where((input) => typeof input === "boolean");
export const number = () => where(Number.isFinite);
export const int = () => where(Number.isSafeInteger);
export const unknown = () => where(() => true);
export const custom = where;
export const literal = (value: unknown) => where((input) => input === value);
const oneOf = (values: readonly unknown[]) => where((input) => values.includes(input));
export { oneOf as enum };

const INSTANT = regexes.datetime({});
export const iso = { datetime: () => where((input) => typeof input === "string" && INSTANT.test(input)) };

export const minimum = (least: number) => (value: number) => value >= least;
export const maximum = (most: number) => (value: number) => value <= most;
export const positive = () => (value: number) => value > 0;

export const nullable = ({ read }: LightSchema) =>
  new LightSchema((input, place) => (input === null ? null : read(input, place)));

export const optional = ({ read }: LightSchema) =>
  new LightSchema((input, place) => (input === undefined ? input : read(input, place)), {
    mayBeAbsent: true,
  });

export const exactOptional = ({ read }: LightSchema) => new LightSchema(read, { mayBeAbsent: true });

export const array = ({ read }: LightSchema) =>
  new LightSchema((input, place) =>
    Array.isArray(input)
      ? Array.from(input, (each, index) => read(each, `${place}.${index}`))
      : refuse(place),
  );

export const object = (shape: Shape): LightSchema =>
  new LightSchema(
    (input, place) => {
      if (!isObject(input)) refuse(place);
      const output: Record<string, unknown> = {};
      for (const [key, { read, mayBeAbsent }] of Object.entries(shape))
        if (key in input) output[key] = read(input[key], `${place}.${key}`);
        else if (!mayBeAbsent) refuse(`${place}.${key}`);
      return output;
    },
    { shape },
  );

export const discriminatedUnion = (key: string, options: readonly LightSchema[]) =>
  new LightSchema((input, place) => {
    const told = isObject(input) && options.find(({ shape }) => shape[key]?.safeParse(input[key]).success);
    return told ? told.read(input, place) : refuse(place);
  });

export const extend = ({ shape }: LightSchema, more: Shape) => object({ ...shape, ...more });
export const pick = ({ shape }: LightSchema, mask: Mask) => object(only(shape, (key) => key in mask));
export const omit = ({ shape }: LightSchema, mask: Mask) => object(only(shape, (key) => !(key in mask)));
export const partial = ({ shape }: LightSchema, mask: Mask) =>
  object(
    Object.fromEntries(
      Object.entries(shape).map(([key, schema]) => [key, key in mask ? optional(schema) : schema]),
    ),
  );

function only(shape: Shape, isWanted: (key: string) => boolean): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([key]) => isWanted(key)));
}

/** There is nothing to configure: no code is ever written. */
export function config(): void {}

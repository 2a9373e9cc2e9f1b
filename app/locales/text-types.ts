import type { GetICUArgs } from "@schummar/icu-type-parser";

/** Texts as they are written, by key; keys may be nested. */
export type TextTree = { readonly [key: string]: string | TextTree };

/** Texts as they are read. */
export type Texts<Tree extends TextTree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends string
    ? Text<Tree[Key]>
    : Tree[Key] extends TextTree
      ? Texts<Tree[Key]>
      : never;
};

/** A string, or a function of the values that stand in it. */
export type Text<Source extends string> = Source extends `${string}{${string}`
  ? (values: Values<Source>) => string
  : string;

type Values<Source extends string> = GetICUArgs<
  Source,
  { ICUArgument: string; ICUNumberArgument: number; ICUDateArgument: Date | number }
>;

/** What the texts of another language must look like: the same keys, and no value that these do not have. */
export type SameTexts<Tree, Other> = {
  [Key in keyof Tree]: Key extends keyof Other
    ? Tree[Key] extends string
      ? Other[Key] extends string
        ? SameValues<Tree[Key], Other[Key]>
        : string
      : SameTexts<Tree[Key], Other[Key]>
    : Tree[Key] extends string
      ? string
      : TextTree;
} & { [Key in Exclude<keyof Other, keyof Tree>]: never };

type SameValues<Source extends string, Other extends string> = [Values<Source>] extends [Values<Other>]
  ? Other extends `${string}{${string}`
    ? Source extends `${string}{${string}`
      ? Other
      : never
    : Source extends `${string}{${string}`
      ? never
      : Other
  : never;

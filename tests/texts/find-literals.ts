import { Visitor, parseSync } from "vite";

export interface LiteralText {
  /** Counted from 1. */
  line: number;
  text: string;
}

/** Attributes that a person reads or hears. */
const SPOKEN =
  /^(title|alt|label|placeholder|heading|text|hint|aria-(label|description|valuetext|roledescription))$/;
const HAS_LETTER = /\p{L}/u;
/** Names that are the same in every language. */
const NAMES = /\bjobmon\b/g;

/** What a component says without asking the locales: its JSX text, strings among its children and spoken attributes. */
export function findLiterals(file: string, source: string): LiteralText[] {
  const found: LiteralText[] = [];
  const say = (text: string, start: number): void => {
    if (!HAS_LETTER.test(text.replaceAll(NAMES, ""))) return;
    found.push({ line: source.slice(0, start).split("\n").length, text });
  };
  new Visitor({
    JSXText: ({ value, start }) => say(value.trim(), start),
    JSXElement: ({ children }) => children.forEach((child) => lookInto(child, say)),
    JSXFragment: ({ children }) => children.forEach((child) => lookInto(child, say)),
    JSXAttribute({ name, value }) {
      if (value && name.type === "JSXIdentifier" && SPOKEN.test(name.name)) lookInto(value, say);
    },
  }).visit(parse(file, source));
  return found;
}

/** Names of keys and languages, the same in every language. */
const SAME_EVERYWHERE =
  /^(Alt|Alt\+J|KeyJ|Enter|Esc|Escape|Tab|Arrow(Up|Down)|Page(Up|Down)|Home|End|Deutsch|English)$/;
/** Labels and sentences begin so in both languages; names of classes and attributes never do. */
const BEGINS_LIKE_A_LABEL = /^[^\p{L}]*\p{Lu}\p{Ll}/u;

/** Strings that look like a label, wherever they stand: in a constant, in an object, in a call. */
export function findLabels(file: string, source: string): LiteralText[] {
  const found: LiteralText[] = [];
  const say = (text: string, start: number): void => {
    if (!BEGINS_LIKE_A_LABEL.test(text) || SAME_EVERYWHERE.test(text)) return;
    found.push({ line: source.slice(0, start).split("\n").length, text });
  };
  new Visitor({
    Literal: (literal) => lookInto(literal, say),
    TemplateElement: (element) => lookInto(element, say),
  }).visit(parse(file, source));
  return found;
}

/** What a person reads of a failure or a list. */
const TOLD = /^(message|hint|reason|says|text|summary)$/;
/** Two words: one alone is a name of the language of machines. */
const HAS_WORDS = /\p{L}{2,},? \p{L}{2,}/u;

/** What the terminal says without asking the locales: what it writes, and what it tells of a failure. */
export function findSpoken(file: string, source: string): LiteralText[] {
  const found: LiteralText[] = [];
  const say = (text: string, start: number): void => {
    if (HAS_WORDS.test(text)) found.push({ line: source.slice(0, start).split("\n").length, text });
  };
  new Visitor({
    CallExpression({ callee, arguments: said }) {
      const name = callee.type === "MemberExpression" ? callee.property : callee;
      if (name.type === "Identifier" && /^(write|say|tell)$/.test(name.name))
        said.forEach((argument) => lookInto(argument, say));
    },
    Property({ key, value }) {
      if (key.type === "Identifier" && TOLD.test(key.name)) lookInto(value, say);
    },
  }).visit(parse(file, source));
  return found;
}

type Node = { type: string; start: number; [property: string]: unknown };

/** Strings that an expression may come to: literals, templates and the branches of conditions. */
function lookInto(node: unknown, say: (text: string, start: number) => void): void {
  if (!isNode(node)) return;
  const into = (...children: unknown[]): void => children.forEach((child) => lookInto(child, say));
  switch (node.type) {
    case "JSXExpressionContainer":
      return into(node.expression);
    case "ConditionalExpression":
      return into(node.consequent, node.alternate);
    case "LogicalExpression":
      return node.operator === "&&" ? into(node.right) : into(node.left, node.right);
    case "BinaryExpression":
      return node.operator === "+" ? into(node.left, node.right) : undefined;
    case "TemplateLiteral":
      return into(...(Array.isArray(node.quasis) ? node.quasis : []));
    case "TemplateElement":
      return say(rawOf(node), node.start);
    case "Literal":
      return typeof node.value === "string" ? say(node.value, node.start) : undefined;
  }
}

function rawOf({ value }: Node): string {
  return typeof value === "object" && value !== null && "raw" in value ? String(value.raw) : "";
}

function isNode(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "type" in node && "start" in node;
}

function parse(file: string, text: string) {
  const { errors, program } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  return program;
}

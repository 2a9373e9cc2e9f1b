import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The fields of a line, one item each: name, type, whether it may be missing; objects within objects by their dots. */
export function fieldsOf(schema: z.ZodObject): string[] {
  const json = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  return propertiesOf(json, "");
}

function propertiesOf({ properties = {}, required = [] }: JsonSchema, prefix: string): string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    if (typeof property === "boolean") return [];
    const path = `${prefix}${name}`;
    const own = `\`${path}\`: ${typeOf(property)}${required.includes(name) ? "" : ", may be missing"}`;
    const items = property.items;
    const inner = typeof items === "object" && !Array.isArray(items) ? propertiesOf(items, `${path}[].`) : [];
    return [own, ...propertiesOf(property, `${path}.`), ...inner];
  });
}

function typeOf({ type, format, const: constant, enum: choices, anyOf, oneOf }: JsonSchema): string {
  if (constant !== undefined) return `\`${JSON.stringify(constant)}\``;
  if (choices !== undefined) return choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(" or ");
  const alternatives = anyOf ?? oneOf;
  if (alternatives !== undefined) {
    const types = alternatives.map((part) => (typeof part === "boolean" ? "anything" : typeOf(part)));
    return [...new Set(types)].join(" or ");
  }
  if (format === "date-time") return "instant (RFC 3339, UTC)";
  return typeof type === "string" ? type : "anything";
}

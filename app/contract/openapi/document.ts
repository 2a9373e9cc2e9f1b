import type { z } from "#app/contract/zod.ts";
import { type Answer, type Operation, operations } from "./operations.ts";
import { namedSchemas, type SchemaName, toJsonSchema } from "./schemas.ts";

const JSON_TYPE = "application/json";

/**
 * The description of every JSON route as OpenAPI 3.1, made of the schemas that decode the wire; the stream, files and
 * metrics are described by their media type. A test holds it against real answers.
 */
export function openApiDocument({ version }: { version: string }): Record<string, unknown> {
  return {
    openapi: "3.1.1",
    info: {
      title: "jobmon",
      version,
      summary: "Takes the callbacks of external workers, keeps the truth, shows it as it happens.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths: Object.fromEntries(
      [...Map.groupBy(operations, ({ path }) => path)].map(([path, methods]) => [
        `/${path.replace(/:(\w+)/g, "{$1}")}`,
        Object.fromEntries(methods.map((operation) => [operation.method, describe(operation)])),
      ]),
    ),
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        callbackToken: {
          type: "http",
          scheme: "bearer",
          description: "The `callback_token` of the registration",
        },
        callbackTokenHeader: { type: "apiKey", in: "header", name: "X-Callback-Token" },
      },
    },
  };
}

function describe(operation: Operation): Record<string, unknown> {
  const { path, id, summary, description, isCallback, query, headers = {}, takes, answers } = operation;
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    })),
    ...(query === undefined ? [] : queryParameters(query)),
    ...Object.entries(headers).map(([name, text]) => ({
      name,
      in: "header",
      description: text,
      schema: { type: "string" },
    })),
  ];
  return {
    operationId: id,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isCallback ? { security: [{ callbackToken: [] }, { callbackTokenHeader: [] }] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(takes === undefined ? {} : { requestBody: { required: true, content: jsonOf(takes) } }),
    responses: Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, told(answer)])),
  };
}

function queryParameters({ shape }: z.ZodObject): Record<string, unknown>[] {
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    in: "query",
    schema: toJsonSchema(schema, "input"),
  }));
}

function told({ says, body, mediaType }: Answer): Record<string, unknown> {
  const content = body === undefined ? mediaType && { [mediaType]: {} } : jsonOf([body]);
  return { description: says, ...(content ? { content } : {}) };
}

function jsonOf(names: SchemaName[]): Record<string, unknown> {
  const [first, ...others] = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return { [JSON_TYPE]: { schema: others.length === 0 ? first : { anyOf: [first, ...others] } } };
}

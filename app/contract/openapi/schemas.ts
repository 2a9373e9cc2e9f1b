import { z } from "#app/contract/zod.ts";
import { callbackBodySchema } from "#app/contract/callback/body.ts";
import {
  callbackAnswerSchema,
  cancelAnswerSchema,
  fetchAnswerSchema,
  errorBodySchema,
  jobDetailSchema,
  jobPageSchema,
  meSchema,
  registeredSchema,
  registerRequestSchema,
  rotatedSchema,
  rotateRequestSchema,
} from "#app/contract/http.ts";
import { jobResultSchema } from "#app/contract/job.ts";
import { healthAnswerSchema, readyAnswerSchema } from "#app/contract/operator.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What is sent to us, and what we answer: the same schemas that read and type the wire. */
const requests = {
  RegisterRequest: registerRequestSchema,
  RotateRequest: rotateRequestSchema,
  Callback: callbackBodySchema,
};
const answers = {
  Error: errorBodySchema,
  Registered: registeredSchema,
  Rotated: rotatedSchema,
  CallbackAnswer: callbackAnswerSchema,
  JobPage: jobPageSchema,
  JobDetail: jobDetailSchema,
  JobResult: jobResultSchema,
  CancelAnswer: cancelAnswerSchema,
  FetchAnswer: fetchAnswerSchema,
  Me: meSchema,
  HealthAnswer: healthAnswerSchema,
  ReadyAnswer: readyAnswerSchema,
};

export type SchemaName = keyof typeof requests | keyof typeof answers;

/** Every named schema as JSON Schema 2020-12, which is the dialect of OpenAPI 3.1. */
export function namedSchemas(): Record<string, JsonSchema> {
  const named = (group: Record<string, z.core.$ZodType>, io: "input" | "output") =>
    Object.entries(group).map(([name, schema]) => [name, toJsonSchema(schema, io)]);
  return Object.fromEntries([...named(requests, "input"), ...named(answers, "output")]);
}

/**
 * A schema as JSON Schema. Objects are left open: a client of today must not break over a field of tomorrow. What
 * only code can check is an object of whoever sent it (`fieldsSchema`), or anything.
 */
export function toJsonSchema(schema: z.core.$ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: ({ zodSchema }) => (zodSchema instanceof z.core.$ZodCustom ? { type: "object" } : "any"),
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return json;
}

import { errorAnswer } from "./answers.server.ts";
import { readJson } from "./read-json.server.ts";
import type { Registrar, Registration } from "#app/server/jobs/register-job.server.ts";
import type { Services } from "#app/server/services.server.ts";

/** The HTTP of a registration: what for, and the outcome as a status. */
export async function answerRegistration(
  request: Request,
  services: Services,
  registrar: Registrar,
): Promise<Response> {
  const registration = await services.registerJob(registrar, {
    body: await readJson(request, services),
    idempotencyKey: request.headers.get("Idempotency-Key") ?? undefined,
    baseUrl: services.baseUrl ?? new URL(request.url).origin,
  });
  return toResponse(registration);
}

function toResponse(registration: Registration): Response {
  switch (registration.kind) {
    case "registered":
      return Response.json(registration.registered, { status: 201 });
    case "key_reused": {
      const message = `this Idempotency-Key registered job ${registration.jobId} with another body: use a new key`;
      return errorAnswer(422, "idempotency_key_reused", message, { field: "Idempotency-Key" });
    }
    case "invalid": {
      const { field, message } = registration;
      return errorAnswer(422, "invalid_registration", `${field}: ${message}`, { field });
    }
    case "forbidden":
      return errorAnswer(
        403,
        "forbidden",
        "userEmail: only a service token may register jobs for somebody else",
      );
  }
}

import { errorAnswer } from "./answers.server.ts";
import { readJsonBody } from "./read-body.server.ts";
import type { Registration } from "./register-job.server.ts";
import { requireUser } from "./require-user.server.ts";
import type { Services } from "./services.server.ts";

/** The HTTP of a registration: who asks, what for, and the outcome as a status. */
export async function answerRegistration(request: Request, services: Services): Promise<Response> {
  const user = await requireUser(request, services);
  const bytes = await readJsonBody(request, services.limits.progressBytes);
  const registration = await services.registerJob(user, {
    body: parse(bytes),
    idempotencyKey: request.headers.get("Idempotency-Key") ?? undefined,
    baseUrl: services.baseUrl ?? new URL(request.url).origin,
  });
  return toResponse(registration);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw errorAnswer(400, "malformed_json", `the body is not JSON: ${String(error)}`);
  }
}

function toResponse(registration: Registration): Response {
  switch (registration.kind) {
    case "registered":
      return Response.json(registration.registered, { status: 201 });
    case "already_registered": {
      const message = `this Idempotency-Key registered job ${registration.jobId} before; its token is not shown twice`;
      return errorAnswer(409, "already_registered", message);
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

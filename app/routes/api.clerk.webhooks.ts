import { answering } from "#app/server/http/answering.server.ts";
import { errorAnswer, failsTooOften } from "#app/server/http/answers.server.ts";
import { noRoute, otherMethods } from "#app/server/http/other-methods.server.ts";
import { readBody } from "#app/server/http/read-body.server.ts";
import { requestScope } from "#app/server/http/request-scope.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.clerk.webhooks.ts";

/** `POST`: Clerk tells that a session or an account has ended. Its signature is the sign-in; 404 where none is expected. */
export function action(args: Route.ActionArgs): Promise<Response> {
  const { request, context } = args;
  const { takeWebhook, bodyOptions, failureLimit } = context.get(servicesContext);
  if (takeWebhook === undefined) return noRoute(args);
  if (request.method !== "POST") return loader(args);
  return answering(async () => {
    if (!request.headers.has("svix-signature")) return unsigned();
    switch (takeWebhook(request.headers, await readBody(request, bodyOptions))) {
      case "taken":
        return new Response(null, { status: 204 });
      case "invalid":
        return errorAnswer(422, "invalid_webhook", "the body is no event of Clerk's");
      case "unsigned":
        return unsigned();
    }
  });

  function unsigned(): Response {
    const waitSeconds = failureLimit(requestScope.getStore()?.address ?? "");
    if (waitSeconds > 0) return failsTooOften(waitSeconds);
    const message = "the message is not signed with CLERK_WEBHOOK_SIGNING_SECRET, or too old";
    return errorAnswer(401, "unsigned", message);
  }
}

/** Anything but `POST`. */
export const loader = otherMethods("POST");

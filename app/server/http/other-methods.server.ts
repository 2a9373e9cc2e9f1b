import type { RouterContextProvider } from "react-router";
import { answering } from "./answering.server.ts";
import { methodNotAllowed, unknownRoute } from "./answers.server.ts";
import { requireUser } from "./require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";

type Handler = (args: { request: Request; context: Readonly<RouterContextProvider> }) => Promise<Response>;

/** Answers the methods a resource does not have: 405 with those it has. */
export function otherMethods(allow: string): Handler {
  return forUsers(() => methodNotAllowed(allow));
}

/** Answers any request to an address that is none: 404. */
export const noRoute: Handler = forUsers((request) => unknownRoute({ request }));

/** Nobody learns what there is before they have signed in. */
function forUsers(answer: (request: Request) => Response): Handler {
  return ({ request, context }) =>
    answering(async () => {
      await requireUser(request, context.get(servicesContext));
      return answer(request);
    });
}

import { errorAnswer } from "./answers.server.ts";
import type { User } from "./authenticate.server.ts";
import type { Services } from "./services.server.ts";

/** Who sent the request. Throws a 401 Response where that is nobody we know. */
export async function requireUser(request: Request, services: Services): Promise<User> {
  const user = await services.authenticate(request);
  if (user !== undefined) return user;
  throw errorAnswer(401, "unauthorized", "sign in first", { headers: { "WWW-Authenticate": "Bearer" } });
}

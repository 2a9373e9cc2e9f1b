import { expect, it } from "vitest";
import { createLocalAuthenticator } from "#app/server/sign-in/authenticator.local.server.ts";

it("local mode has one user, whoever a request says it is from", async () => {
  const authenticator = createLocalAuthenticator();
  const headers = { Authorization: "Bearer e30.e30.e30", "X-Forwarded-Email": "bert@example.org" };
  for (const request of [new Request("http://localhost/"), new Request("http://localhost/", { headers })]) {
    const user = { userEmail: "dev@localhost" };
    expect(await authenticator.authenticate(request)).toEqual({ kind: "user", user });
  }
});

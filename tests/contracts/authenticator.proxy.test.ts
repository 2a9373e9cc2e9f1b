import { expect, it } from "vitest";
import { createProxyAuthenticator } from "#app/server/sign-in/authenticator.proxy.server.ts";
import { createSecretList } from "#app/server/sign-in/secret-list.server.ts";
import { authenticatorContract, BERT } from "./authenticator.suite.ts";

const OLD = "the old secret of the proxy";
const NEW = "the new secret of the proxy";

authenticatorContract("a proxy", () => Promise.resolve({ ...aProxy(), dispose: () => Promise.resolve() }));

it("takes the old and the new secret while they are exchanged", async () => {
  const { authenticator } = aProxy();
  for (const secret of [OLD, NEW]) {
    const identity = await authenticator.authenticate(from(BERT, secret));
    expect(identity).toMatchObject({ kind: "user", user: { userEmail: BERT } });
  }
});

it("tells somebody whom the proxy names by something else than an e-mail address", async () => {
  expect(await aProxy().authenticator.authenticate(from("bert", NEW))).toEqual({ kind: "no_email" });
  const two = await aProxy().authenticator.authenticate(from(`${BERT},anna@example.org`, NEW));
  expect(two).toEqual({ kind: "no_email" });
});

it("believes nobody else who knows the secret", async () => {
  expect(await aProxy(false).authenticator.authenticate(from(BERT, NEW))).toEqual({ kind: "nobody" });
});

function aProxy(isFromProxy = true) {
  const authenticator = createProxyAuthenticator({
    secrets: createSecretList(`${OLD}, ${NEW}`),
    userHeader: "X-Auth-Email",
    isFromProxy: () => isFromProxy,
    clock: Date.now,
  });
  return {
    authenticator,
    anna: () => Promise.resolve(from("Anna@Example.ORG", NEW)),
    bert: () => Promise.resolve(from(BERT, NEW)),
    forged: () =>
      Promise.resolve({
        "no secret": new Request("http://localhost/", { headers: { "X-Auth-Email": "anna@example.org" } }),
        "another secret": from("anna@example.org", `${NEW}.`),
        "both secrets as one": from("anna@example.org", `${OLD}, ${NEW}`),
        "no name": new Request("http://localhost/", { headers: { "X-Jobmon-Proxy-Secret": NEW } }),
      }),
  };
}

function from(email: string, secret: string): Request {
  const headers = { "X-Auth-Email": email, "X-Jobmon-Proxy-Secret": secret };
  return new Request("http://localhost/", { headers });
}

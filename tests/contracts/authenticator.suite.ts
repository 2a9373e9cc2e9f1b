import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Authenticator, Identity } from "#app/server/sign-in/authenticator.ts";

export const ANNA = "anna@example.org";
export const BERT = "bert@example.org";

/** An adapter with people who can sign in by it. */
export type AuthenticatorUnderTest = {
  authenticator: Authenticator;
  /** A request Anna is behind; her address is known there with capital letters. Bert's. */
  anna(): Promise<Request>;
  bert(): Promise<Request>;
  /** Requests that look like one of Anna's and prove nothing, by what is wrong with them. */
  forged(): Promise<Record<string, Request>>;
  dispose(): Promise<void>;
};

/** What requests carry that were made to break something; none of it names anybody. */
const HOSTILE = {
  "a token of a thousand dots": { Authorization: `Bearer ${".".repeat(1_000)}` },
  "a token that decodes to nothing": { Authorization: "Bearer e30.e30.e30" },
  "another scheme": { Authorization: "Basic YW5uYUBleGFtcGxlLm9yZzph" },
  "an empty bearer": { Authorization: "Bearer " },
  "a callback token": { Authorization: `Bearer ${"A".repeat(43)}` },
  "cookies that are none": { Cookie: "__session=%E0%A4%A; __client_uat=NaN; =;;__proto__=1" },
  "a host of headers": { "X-Forwarded-Email": BERT, "X-Forwarded-Host": "%%%", "X-Forwarded-Proto": "a,b" },
};

/** What every adapter of the sign-in promises, beside local mode's, where everybody is the one user. */
export function authenticatorContract(name: string, open: () => Promise<AuthenticatorUnderTest>): void {
  describe(`the sign-in by ${name}`, () => {
    let under: AuthenticatorUnderTest;
    beforeEach(async () => void (under = await open()));
    afterEach(() => under.dispose());

    it("names who sent a request by the e-mail address, in lower case", async () => {
      expect(await emailOf(under.anna())).toBe(ANNA);
      expect(await emailOf(under.bert())).toBe(BERT);
    });

    it("keeps people apart who come at the same time, again and again", async () => {
      const asked = Array.from({ length: 20 }, (_, n) => emailOf(n % 2 === 0 ? under.anna() : under.bert()));
      expect(await Promise.all(asked)).toEqual(asked.map((_, n) => (n % 2 === 0 ? ANNA : BERT)));
    });

    it("says when the session ends, so that no stream outlives it", async () => {
      const identity = await under.authenticator.authenticate(await under.anna());
      expect(endOf(identity)).toBeGreaterThan(Date.now());
      expect(endOf(identity)).toBeLessThan(Date.now() + 3_600_000);
    });

    it("knows nobody behind a request that proves nothing", async () => {
      const plain = new Request("http://localhost/");
      expect(await under.authenticator.authenticate(plain)).toEqual({ kind: "nobody" });
      const kinds = await Promise.all(
        Object.entries(await under.forged()).map(async ([what, request]) => [
          what,
          (await under.authenticator.authenticate(request)).kind,
        ]),
      );
      expect(kinds).toEqual(kinds.map(([what]) => [what, "nobody"]));
    });

    it.each(Object.entries(HOSTILE))("knows nobody behind %s", async (_, headers) => {
      const request = new Request("http://localhost/api/external/jobs", { headers });
      expect(await under.authenticator.authenticate(request)).toEqual({ kind: "nobody" });
    });

    async function emailOf(request: Promise<Request>): Promise<string | undefined> {
      const identity = await under.authenticator.authenticate(await request);
      return identity.kind === "user" ? identity.user.userEmail : undefined;
    }
  });
}

function endOf(identity: Identity): number | undefined {
  return identity.kind === "user" ? identity.user.sessionEndsAt : undefined;
}

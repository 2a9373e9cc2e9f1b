import { describe, expect, it } from "vitest";
import { judgeCrossSite } from "./cross-site.server.ts";

const OWN = "https://jobs.example.org";
const FRIEND = "https://app.example.org";

describe("a request", () => {
  it.each([
    ["by no browser", "POST", {}],
    ["by our own page", "POST", { "sec-fetch-site": "same-origin", origin: OWN }],
    ["by our own page in an old browser", "DELETE", { origin: OWN }],
    [
      "that follows a link of anybody",
      "GET",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
    ],
    ["typed into the address bar", "GET", { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }],
    ["with a token", "POST", { "sec-fetch-site": "cross-site", authorization: "Bearer x" }],
    ["of a worker", "POST", { origin: "null", "x-callback-token": "x" }],
  ])("%s is allowed", (_, method, headers) => {
    expect(judge(method, headers)).toEqual({ kind: "allowed" });
  });

  it.each([
    ["posts from another site", "POST", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["posts a form by navigating", "POST", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }],
    ["posts from another port of this host", "POST", { "sec-fetch-site": "same-site" }],
    ["posts from a page without an origin", "POST", { origin: "null" }],
    ["posts in an old browser", "POST", { origin: "https://evil.example" }],
    ["opens a stream", "GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" }],
    ["loads it as an image", "GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
  ])("of somebody else's page that %s is refused", (_, method, headers) => {
    expect(judge(method, headers)).toEqual({ kind: "refused" });
  });

  it("of an allowed origin is shared with it alone", () => {
    const headers = { origin: FRIEND, "sec-fetch-site": "same-site" };
    expect(judge("OPTIONS", headers)).toEqual({ kind: "shared", origin: FRIEND });
    expect(judge("POST", { ...headers, origin: `${FRIEND}.evil.example` })).toEqual({ kind: "refused" });
  });
});

function judge(method: string, headers: Record<string, string>) {
  return judgeCrossSite({ method, headers, ownOrigin: OWN }, new Set([FRIEND]));
}

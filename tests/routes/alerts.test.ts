import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { expect, it } from "vitest";
import { z } from "zod";
import { loader as metrics } from "#app/routes/metrics.ts";
import { openHouse, post } from "./arrange.ts";

const ROOT = join(import.meta.dirname, "../..");

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Jobmon[A-Za-z]+$/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(["page", "ticket"]) }),
          annotations: z.object({ summary: z.string().endsWith(".") }),
        }),
      ),
    }),
  ),
});

it("the alerts look at metrics that a server has, and at labels that these metrics carry", async () => {
  const { groups } = rulesSchema.parse(parse(await readFile(join(ROOT, "deploy/alerts.yaml"), "utf8")));
  const rules = groups.flatMap((group) => group.rules);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  const text = await told();
  for (const { alert, expr } of rules) {
    const names = expr.match(/\b(?:jobmon|nodejs|process)_\w+/g) ?? [];
    expect(names.length > 0 || expr.startsWith("up{"), alert).toBe(true);
    for (const name of names) expect(text, alert).toMatch(new RegExp(`^${name}[ {]`, "m"));
    for (const [, name, label] of expr.matchAll(/(jobmon_\w+)\{(\w+)=/g)) {
      expect(text, alert).toMatch(new RegExp(`^${name}\\{[^}]*\\b${label}=`, "m"));
    }
  }
});

it("the page for operators names every metric of ours, and none that is not there", async () => {
  const page = await readFile(join(ROOT, "docs/operations.md"), "utf8");
  const ours = [...(await told()).matchAll(/^# TYPE (jobmon_\w+)/gm)].map(([, name]) => name);
  const named = page.match(/jobmon_\w+/g) ?? [];
  expect([...new Set(named)].toSorted()).toEqual(ours.toSorted());
});

/** What `/metrics` tells after one callback and one request. */
async function told(): Promise<string> {
  await using house = await openHouse({
    SECRETARY_URL: "http://127.0.0.1:1",
    SECRETARY_API_KEY: "key-0123456789abcdef",
  });
  await house.report(await house.register(), { progress: 5 });
  house.services.metrics.requestAnswered({ method: "GET", route: "/healthz", status: 200, seconds: 0.001 });
  const answer = await metrics(house.args(post("http://localhost/metrics", {}), {}));
  return answer.text();
}

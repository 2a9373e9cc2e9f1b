import { format } from "node:util";
import { type MockInstance, afterEach, beforeEach, vi } from "vitest";

/**
 * An unexpected `console.error` or `console.warn` fails the test it happens in. A test that expects one replaces it
 * itself: `vi.spyOn(console, "error").mockImplementation(() => {})`.
 */
let unexpected: string[] = [];
let spies: MockInstance[] = [];

beforeEach(() => {
  unexpected = [];
  spies = (["error", "warn"] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation((...parts) => {
      unexpected.push(`console.${method}: ${format(...parts)}`);
    }),
  );
});

afterEach(() => {
  for (const spy of spies) spy.mockRestore();
  if (unexpected.length > 0) throw new Error(`Unexpected output:\n${unexpected.join("\n")}`);
});

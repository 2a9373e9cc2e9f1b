import { afterEach, beforeEach, vi } from "vitest";

/**
 * An unexpected `console.error` or `console.warn` fails the test it happens in. A test that expects one replaces it
 * itself: `vi.spyOn(console, "error").mockImplementation(() => {})`.
 */
const unexpected: string[] = [];

beforeEach(() => {
  unexpected.length = 0;
  for (const method of ["error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts) => {
      unexpected.push(`console.${method}: ${parts.map(String).join(" ")}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  if (unexpected.length > 0) throw new Error(unexpected.join("\n"));
});

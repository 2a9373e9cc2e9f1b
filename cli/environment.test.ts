import { expect, test } from "vitest";
import { readEnvironment, variablesOfOthers } from "./environment.ts";

test.each([
  [{ LANG: "de_DE.UTF-8" }, "de", false],
  [{ LANG: "en_GB.UTF-8" }, "en", false],
  [{ LANG: "fr_FR.UTF-8" }, "de", false],
  [{ LANG: "C" }, "en", true],
  [{ LANG: "POSIX" }, "en", true],
  [{ LANG: "C.UTF-8" }, "en", false],
  [{ LANG: "de_DE.ISO-8859-1" }, "de", true],
  [{ LANG: "de_DE@euro" }, "de", false],
  [{}, "de", false],
  [{ LANG: "de_DE.UTF-8", LC_MESSAGES: "en_US.UTF-8" }, "en", false],
  [{ LANG: "en_US.UTF-8", LC_MESSAGES: "", LC_ALL: "de_AT.utf8" }, "de", false],
  [{ LANG: "de_DE.UTF-8", TERM: "dumb" }, "de", true],
])("%j speaks %s, in ASCII: %s", (variables, locale, ascii) => {
  expect(readEnvironment(variables)).toMatchObject({ locale, ascii });
});

test.each([
  [{}, undefined],
  [{ NO_COLOR: "1" }, false],
  [{ NO_COLOR: "" }, undefined],
  [{ FORCE_COLOR: "1" }, true],
  [{ FORCE_COLOR: "0" }, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false],
])("%j decides on colour: %s", (variables, colour) => {
  expect(readEnvironment(variables).colour).toBe(colour);
});

test("a desktop is where a display is, and on macOS always", () => {
  expect(readEnvironment({}, "linux").hasDesktop).toBe(false);
  expect(readEnvironment({ WAYLAND_DISPLAY: "wayland-0" }, "linux").hasDesktop).toBe(true);
  expect(readEnvironment({}, "darwin").hasDesktop).toBe(true);
});

test("a demo does not take over the configuration around it", () => {
  const around = { PATH: "/bin", PORT: "1", JOBMON_URL: "x", MONGODB_URI: "y", CLERK_SECRET_KEY: "z" };
  expect(variablesOfOthers(around)).toEqual({ PATH: "/bin" });
});

import { expect, test } from "vitest";
import { preferenceCookie } from "./preference-cookie.ts";
import { readPreferences } from "./preferences.ts";

test("Nothing set is an open panel as the system looks, silent and with shortcuts", () => {
  const none = { panel: "open", theme: "system", notify: "off", keys: "on" };
  expect(readPreferences(null)).toEqual(none);
  expect(readPreferences("session=abc; jobmon-theme=pink; jobmon-panel; =;;")).toEqual(none);
});

test("What is written is read again, between cookies of others", () => {
  const [dark] = preferenceCookie("theme", "dark").split(";");
  const [english] = preferenceCookie("locale", "en").split(";");
  expect(readPreferences(`a=b; ${dark}; ${english}; c=d`)).toMatchObject({ theme: "dark", locale: "en" });
});

import { useAtom } from "jotai";
import { useAddress } from "#app/panel/panel-address.ts";
import { preferencesAtom } from "#app/panel/panel-state.ts";
import { preferenceCookie } from "#app/contract/preference-cookie.ts";
import type { Preferences } from "#app/contract/preferences.ts";

type Change = <Name extends keyof Preferences>(name: Name, value: Preferences[Name]) => void;

/** What the reader has set, and how to set it: at once, and for the next time by a cookie. */
export function usePreferences(): [Preferences, Change] {
  const [preferences, setPreferences] = useAtom(preferencesAtom);
  const { reload } = useAddress();

  return [
    preferences,
    (name, value) => {
      // oxlint-disable-next-line unicorn/no-document-cookie -- the Cookie Store is not in every browser
      document.cookie = preferenceCookie(name, value);
      setPreferences((known) => ({ ...known, [name]: value }));
      if (name === "theme") document.documentElement.dataset["theme"] = String(value);
      if (name === "locale") reload();
    },
  ];
}

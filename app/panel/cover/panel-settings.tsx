import { useSetAtom } from "jotai";
import { Keyboard } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { QuietButton } from "#app/components/ui/button.tsx";
import { LOCALES } from "#app/locales/locale.ts";
import { coverTexts } from "#app/locales/panel-cover.ts";
import { askToNotify, canNotify } from "#app/panel/news/ask-to-notify.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { coverAtom } from "#app/panel/panel-state.ts";
import { usePreferences } from "./use-preferences.ts";

const THEMES = ["light", "dark", "system"] as const;
const NOTIFIES = ["off", "all", "failures"] as const;
/** Languages are written in their own language. */
const LANGUAGES = { de: "Deutsch", en: "English" };

/** What a reader can set: language, look, when to be told, and whether single keys do something. */
export function PanelSettings() {
  const { locale } = usePanel();
  const [preferences, change] = usePreferences();
  const setCover = useSetAtom(coverAtom);
  const { settings, help } = coverTexts[locale];
  return (
    <div className="grid gap-6">
      <Choice
        label={settings.language}
        value={locale}
        options={LOCALES.map((value) => ({ value, name: LANGUAGES[value] }))}
        onChange={(value) => change("locale", value)}
      />
      <Choice
        label={settings.theme}
        value={preferences.theme}
        options={THEMES.map((value) => ({ value, name: settings.themes[value] }))}
        onChange={(value) => change("theme", value)}
      />
      <Notifications />
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-sm font-medium text-faint">{settings.keys}</legend>
        <label className="flex min-h-6 items-center gap-2.5">
          <input
            type="checkbox"
            checked={preferences.keys === "on"}
            onChange={({ target }) => change("keys", target.checked ? "on" : "off")}
            className="size-4 accent-run"
          />
          {settings.keysOn}
        </label>
        <QuietButton className="-ml-2 justify-self-start" onClick={() => setCover("help")}>
          <Keyboard size={14} aria-hidden />
          {help.open}
        </QuietButton>
      </fieldset>
    </div>
  );
}

/** The browser is asked when the reader asks for it, never before. */
function Notifications() {
  const { settings } = coverTexts[usePanel().locale];
  const [{ notify }, change] = usePreferences();
  const [isDenied, setDenied] = useState(false);

  async function choose(value: (typeof NOTIFIES)[number]): Promise<void> {
    const isAllowed = value === "off" || (await askToNotify());
    setDenied(!isAllowed);
    change("notify", isAllowed ? value : "off");
  }

  const refused = canNotify() ? settings.notifyDenied : settings.notifyMissing;
  return (
    <Choice
      label={settings.notify}
      value={notify}
      options={NOTIFIES.map((value) => ({ value, name: settings.notifies[value] }))}
      onChange={(value) => void choose(value)}
    >
      <p className="text-sm text-faint">{settings.notifyHow}</p>
      {isDenied && (
        <p role="alert" className="text-sm font-medium text-warn">
          {refused}
        </p>
      )}
    </Choice>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; name: string }[];
  onChange: (value: Value) => void;
  children?: ReactNode;
};

/** One of a few, all of them in view. */
function Choice<Value extends string>({ label, value, options, onChange, children }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium text-faint">{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-[9px] bg-hover p-0.75">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-7 flex-auto cursor-pointer items-center justify-center rounded-[7px] px-2.5 text-sm font-medium text-muted hover:text-text has-checked:bg-chosen has-checked:text-text has-checked:shadow-chosen has-checked:ring-1 has-checked:ring-faint has-focus-visible:outline-2 has-focus-visible:outline-focus forced-colors:has-checked:outline-2"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.name}
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}

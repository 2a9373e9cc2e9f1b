import { defineTexts } from "./define-texts.ts";

/** The texts of the way to a day. */
export const dayJumpTexts = defineTexts({
  de: { label: "Zu einem Tag springen" },
  en: { label: "Go to a day" },
});

import type { DoctorTexts } from "#app/locales/terminal-doctor.ts";

export type CheckName = keyof DoctorTexts["names"];

/** What one check has found; `text` says what to do where it is not ok. */
export type Finding = { name: CheckName; state: "ok" | "warning" | "failed"; text: string };

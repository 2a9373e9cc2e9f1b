import type { Localized } from "#app/locales/locale.ts";

export const waitHelp = {
  summary: { de: "wartet, bis Jobs zu Ende sind", en: "waits until jobs have ended" },
  more: {
    de: "Der Exit-Code sagt, wie sie geendet haben; bei mehreren der schwerste: fehlgeschlagen vor stumm vor abgebrochen. Ein Job, der schon zu Ende ist, gibt denselben Code. Verbindungsabbrüche beenden das Warten nicht.",
    en: "The exit code says how they have ended; of several the gravest: failed before silent before canceled. A job that has already ended gives the same code. Lost connections do not end the wait",
  },
  for: {
    de: "worauf: auf jedes Ende (sonst), oder nur auf completed; dann endet es, sobald das nicht mehr möglich ist",
    en: "for what: any end (else), or completed only; it then ends as soon as that is not possible any more",
  },
  timeout: {
    de: "wartet höchstens so lange, wie 90s oder 30m, und endet dann mit 124",
    en: "waits that long at most, such as 90s or 30m, and then ends with 124",
  },
  any: { de: "ein Job, der zu Ende ist, genügt", en: "one job that has ended is enough" },
  failFast: {
    de: "endet mit dem ersten Job, der fehlschlägt, abgebrochen wird oder sich nicht mehr meldet",
    en: "ends with the first job that fails, is canceled or is stalled",
  },
  waitForStart: {
    de: "wartet so lange auf Jobs, die es noch nicht gibt (sonst gar nicht)",
    en: "waits that long for jobs that do not exist yet (else not at all)",
  },
  exampleAlert: { de: "melden, wenn es nicht gelingt", en: "alert when it does not succeed" },
  exampleAny: { de: "der schnellste von zweien", en: "the faster of two" },
} satisfies Record<string, Localized<string>>;

import { expect, test } from "vitest";
import { panelTexts } from "#app/locales/panel.ts";
import { startServer } from "./support/start-server.ts";

test("Two languages asked for at once are each answered in their own, whatever is rendered beside them", async () => {
  await using server = await startServer();
  const asked = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? "de" : "en"));
  const answers = await Promise.all(
    asked.map(async (locale) => {
      const response = await fetch(server.url, { headers: { "Accept-Language": `${locale};q=0.9, fr` } });
      return response.text();
    }),
  );
  for (const [n, html] of answers.entries()) {
    const own = asked[n] === "de" ? panelTexts.de : panelTexts.en;
    const other = asked[n] === "de" ? panelTexts.en : panelTexts.de;
    expect(html).toContain(`<html lang="${asked[n]}"`);
    expect(html).toContain(own.empty.title);
    expect(html).toContain(`<title>${own.title} · jobmon</title>`);
    expect(html).not.toContain(other.empty.title);
  }
});

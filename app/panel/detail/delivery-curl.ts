import { reportBody } from "#app/contract/callback/report-body.ts";
import type { Delivery } from "#app/contract/job-event.ts";

/**
 * A command that sends a callback again, in our words and with a placeholder where the token belongs; undefined for what
 * was no callback. Every character of a worker stands in single quotes, where a shell obeys none.
 */
export function deliveryCurl({ event }: Delivery, address: string): string | undefined {
  if (event.type !== "callback_received" || event.source !== undefined) return undefined;
  return [
    `curl ${quote(address)} \\`,
    `  -H "Authorization: Bearer $CALLBACK_TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quote(JSON.stringify(reportBody(event.report)))}`,
  ].join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

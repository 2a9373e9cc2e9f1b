import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type RouterContextProvider, ServerRouter } from "react-router";
import typeface from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { noteFailure } from "#app/server/http/request-scope.server.ts";
import { pagePolicyContext } from "#app/server/security/page-policy-context.server.ts";

/** Renders a page as HTML whose inline scripts carry the nonce that its Content-Security-Policy asks for. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  const page = loadContext.get(pagePolicyContext);
  const nonce = page === null ? {} : { nonce: page.nonce };
  headers.set("Content-Type", "text/html; charset=utf-8");
  // Asked for with the style sheet and not after it, so that the words stand in it from the start.
  headers.append("Link", `<${typeface}>; rel=preload; as=font; type="font/woff2"; crossorigin`);
  if (page !== null) headers.set("Content-Security-Policy", page.policy);

  return new Promise((resolve, reject) => {
    const body = new PassThrough();
    const { pipe } = renderToPipeableStream(
      <ServerRouter context={routerContext} url={request.url} {...nonce} />,
      {
        ...nonce,
        onAllReady() {
          pipe(body);
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
        },
        onShellError: reject,
        onError: (error) => void noteFailure(error),
      },
    );
  });
}

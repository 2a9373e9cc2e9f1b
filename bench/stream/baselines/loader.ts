import { createRequestListener } from "@react-router/node";
import type { LoaderFunctionArgs, ServerBuild } from "react-router";
import { type Baseline, createMembers, frameOf, HEADERS, START_FRAME, userIn } from "./baseline.ts";

/** Its type wants a component; a resource route has none. */
type RouteModule = NonNullable<ServerBuild["routes"][string]>["module"];

/** What one writes first: a resource route whose loader answers with a `ReadableStream`. */
export function createLoader(): Baseline {
  const members = createMembers<ReadableStreamDefaultController<Uint8Array>>();

  async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
    let leave = (): void => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        leave = members.add(userIn(request.headers.get("X-User")), controller);
        controller.enqueue(Buffer.from(START_FRAME));
      },
      cancel: () => leave(),
    });
    return new Response(body, { headers: HEADERS });
  }

  return {
    answer: createRequestListener({ build: buildOf(loader) }),
    publish(user, updates) {
      const bytes = Buffer.from(updates.map(frameOf).join(""));
      for (const controller of members.of(user)) controller.enqueue(bytes);
    },
  };
}

/** The build of an application with this one route. */
function buildOf(loader: (args: LoaderFunctionArgs) => Promise<Response>): ServerBuild {
  return {
    entry: { module: { default: () => new Response(null, { status: 404 }) } },
    routes: {
      stream: { id: "stream", path: "api/external/jobs/stream", module: { loader } as RouteModule },
    },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    publicPath: "/",
    assetsBuildDirectory: "",
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: "initial", manifestPath: "" },
  };
}

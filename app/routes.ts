import { index, layout, type RouteConfig, route } from "@react-router/dev/routes";

/** Every address of jobmon, and the file that answers it. */
export default [
  layout("routes/with-panel.tsx", [index("routes/home.tsx"), route("jobs/:jobId", "routes/job.tsx")]),
  // Every state of the panel, with `npm run dev` only.
  ...(import.meta.env.DEV ? [route("dev/gallery", "routes/gallery.tsx")] : []),

  // People sign in here, if Clerk is how.
  route("sign-in/*", "routes/sign-in.tsx"),

  // Workers report here; people and programs read here.
  route("api/external/jobs", "routes/api.jobs.ts"),
  route("api/external/jobs/stream", "routes/api.jobs.stream.ts"),
  route("api/external/jobs/:jobId", "routes/api.jobs.$jobId.ts"),
  route("api/external/jobs/:jobId/cancel", "routes/api.jobs.$jobId.cancel.ts"),
  route("api/external/jobs/:jobId/token", "routes/api.jobs.$jobId.token.ts"),
  route("api/external/jobs/:jobId/result", "routes/api.jobs.$jobId.result.ts"),
  route("api/external/jobs/:jobId/artifacts", "routes/api.jobs.$jobId.artifacts.ts"),
  route("api/external/jobs/:jobId/artifacts/:name", "routes/api.jobs.$jobId.artifacts.$name.ts"),
  route("api/external/jobs/:jobId/*", "routes/api.jobs.$jobId.twice.ts"),
  route("api/external/me", "routes/api.me.ts"),
  route("api/external/sign-out", "routes/api.sign-out.ts"),

  // Clerk tells here that a session has ended, if Clerk signs people in.
  route("api/clerk/webhooks", "routes/api.clerk.webhooks.ts"),
  route("api/*", "routes/api.unknown.ts"),

  // Operators ask here.
  route("healthz", "routes/healthz.ts"),
  route("readyz", "routes/readyz.ts"),
  route("metrics", "routes/metrics.ts"),

  // Programs read here what the routes take and answer.
  route("openapi.json", "routes/openapi.ts"),
] satisfies RouteConfig;

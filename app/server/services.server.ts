import { defined } from "#app/contract/defined.ts";
import { createReadArtifacts, type ReadArtifacts } from "./artifacts/read-artifacts.server.ts";
import type { Env } from "./env.server.ts";
import type { Log } from "./log.server.ts";
import type { Metrics } from "./metrics.server.ts";
import { createOwnerActions, type OwnerActions } from "#app/server/jobs/owner-actions.server.ts";
import { askParts, type Readiness } from "./readiness.server.ts";
import { createReadJobs, type ReadJobs } from "#app/server/jobs/read-jobs.server.ts";
import { createRotateToken, type RotateToken } from "#app/server/callback/rotate-token.server.ts";
import { secretarySettings, type SecretarySettings } from "./secretary/secretary-variables.ts";
import type { SecretaryClient } from "./secretary/secretary-client.server.ts";
import { createFailureLimit, type FailureLimit } from "./security/failure-limit.server.ts";
import { createIntake, type Intake } from "./services/create-intake.server.ts";
import { createLive, type Live } from "./services/create-live.server.ts";
import { createUpkeep } from "./services/create-upkeep.server.ts";
import { createWriting } from "./services/create-writing.server.ts";
import { openGround } from "./services/open-ground.server.ts";
import { createTakeWebhook, type TakeWebhook } from "./sign-in/clerk-webhook.server.ts";
import { createSignIn, type SignIn } from "./sign-in/create-sign-in.server.ts";
import { createEndSession, createSignOut, type SignOut } from "./sign-in/sign-out.server.ts";

/** Everything a route may call. */
export type Services = ReadJobs &
  ReadArtifacts &
  OwnerActions &
  SignIn &
  Intake &
  Pick<Live, "streams" | "openStream"> & {
    signOut: SignOut;
    /** Undefined where Clerk is not expected to tell anything. */
    takeWebhook: TakeWebhook | undefined;
    /** Counts a caller without a good token. */
    failureLimit: FailureLimit;
    rotateToken: RotateToken;
    metrics: Metrics;
    /** Where workers reach this server, if it is not where the request came to. */
    baseUrl: string | undefined;
    /** Whether repository and bus answer, and this instance is not about to stop. */
    readiness(): Promise<Readiness>;
    /** Not ready from now on; every viewer is told when to come back, the last after half of this time. */
    drain(drainMs: number): void;
    /** Ends every stream, finishes what is being written, then lets go of bus and repository. */
    close(): Promise<void>;
  };

/**
 * The composition root: what stands on what. Rejects with `DataFolderError` or `MongoStartError` where the storage
 * cannot be used.
 */
export async function createServices({ env, log }: { env: Env; log: Log }): Promise<Services> {
  const ground = await openGround({ env, log });
  const { repository, artifacts, bus, metrics, clock } = ground;
  const settings = secretarySettings(env);
  const asking = settings && { settings, client: await openClient(settings) };
  const writing = createWriting(ground, asking?.client);
  const { changeJob, removeJob } = writing;
  const upkeep = createUpkeep(ground, writing, asking);
  const { secretary, watchdog, retention } = upkeep;
  const live = createLive(ground);
  const { streams, openStream, gauges } = live;
  const signIn = await createSignIn({ env, clock, log });
  metrics.show({ streams, gauges, retention, watchdog, repository, clock, secretary });
  const endSession = createEndSession({ endedSessions: signIn.endedSessions, streams });
  const { CLERK_WEBHOOK_SIGNING_SECRET: webhookSecret } = env;
  let isStopping = false;

  return {
    ...createReadJobs({ repository, artifacts }),
    ...createReadArtifacts({ repository, artifacts }),
    ...createOwnerActions({
      repository,
      changeJob,
      removeJob,
      canFetch: () => secretary !== undefined && secretary.state() !== "refused",
      clock,
    }),
    ...signIn,
    ...createIntake(ground, writing, settings?.checkAfterSeconds),
    signOut: createSignOut({ endSession, streams }),
    takeWebhook:
      webhookSecret === undefined
        ? undefined
        : createTakeWebhook({ secret: webhookSecret, endSession, clock }),
    failureLimit: createFailureLimit(clock),
    rotateToken: createRotateToken({ repository, changeJob, clock }),
    streams,
    openStream,
    metrics,
    baseUrl: env.JOBMON_BASE_URL,
    readiness() {
      const checks = { repository: () => repository.check(), bus: () => bus.check() };
      if (isStopping) return Promise.resolve({ isReady: false, parts: { server: "stopping" } });
      const extra = defined({ secretary: secretary?.state() });
      return askParts(checks, (part, error) => log.warn({ part, error }, "a part does not work"), extra);
    },
    drain(drainMs) {
      isStopping = true;
      streams.closeAll(drainMs);
    },
    async close() {
      live.close();
      await upkeep.close();
      await writing.close();
      await ground.close();
    },
  };
}

/** Its HTTP client is loaded where there is a Secretary to be asked. */
async function openClient(settings: SecretarySettings): Promise<SecretaryClient> {
  const { createSecretaryClient } = await import("./secretary/secretary-client.server.ts");
  return createSecretaryClient(settings);
}

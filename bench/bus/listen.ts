import { MongoClient } from "mongodb";
import { createMongoBus } from "#app/server/bus/job-bus.mongo.server.ts";
import { createRedisBus } from "#app/server/bus/job-bus.redis.server.ts";
import { createLog } from "#app/server/log.server.ts";
import { connectRedis } from "#app/server/redis/connect-redis.server.ts";
import { now, userOf, USERS } from "./users.ts";

/** An instance that only listens: `listen.ts mongo|redis <url> <database>`. Answers a message with what it heard since the last. */
const [kind, url = "", database = ""] = process.argv.slice(2);
const log = createLog("warn");
const onError = (error: unknown) => log.error({ error });
const client = kind === "mongo" ? await MongoClient.connect(url) : undefined;
const bus = client
  ? createMongoBus({ db: client.db(database), log, onError })
  : createRedisBus({ redis: connectRedis({ url, prefix: "bench:", log }), onError });
let heard: number[] = [];
let inForce = 0;
for (let n = 0; n < USERS; n++)
  bus.subscribe(
    userOf(n),
    ({ job }) => heard.push(now() - Number(job.message)),
    () => (inForce += 1),
  );
const isReady = () =>
  bus.check().then(
    () => client !== undefined || inForce >= USERS,
    () => false,
  );
while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 50));
process.on("message", () => {
  process.send?.(heard);
  heard = [];
});
process.on("SIGTERM", () => process.exit());
console.log("listening");

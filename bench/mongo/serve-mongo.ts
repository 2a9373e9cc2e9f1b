/** `node serve-mongo.ts <build/server/index.js> <MongoDB>`: a built server on that database, on a free port, until SIGTERM. */
// With a database the data folder is named, but not used.
process.env["MONGODB_URI"] = process.argv.splice(3, 1, "unused")[0];
process.env["STREAMS_PER_USER"] = "10000";
process.env["STREAMS_PER_PROCESS"] = "10000";
process.env["DRAIN_SECONDS"] = "0";
process.env["LOG_LEVEL"] = "error";
await import("../ingest/serve-build.ts");

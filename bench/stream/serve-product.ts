/** `node serve-product.ts <build> <data folder>`: a built server that lets in as many streams as a bench needs. */
process.env["STREAMS_PER_USER"] = "10000";
process.env["STREAMS_PER_PROCESS"] = "10000";
process.env["DRAIN_SECONDS"] = "0";
process.env["LOG_LEVEL"] = "error";
await import("../ingest/serve-build.ts");

/** What no source of ours may use although it could, and why: read by the lint rules and by tests/traps.test.ts. */
export const refusedImports = [
  {
    specifier: "remix-utils/sse/react",
    except: "",
    because:
      "useEventSource keeps the last message only, so a burst loses events: follow the stream with app/client/connect-job-stream.ts.",
  },
  {
    specifier: "remix-utils/sse/server",
    except: "app/server/live/event-stream-response.server.ts",
    because:
      "eventStream hears of a disconnect by request.signal, which may stay silent: open streams with event-stream-response.server.ts.",
  },
];

export const refusedProperties = ["any", "timeout"].map((property) => ({
  object: "AbortSignal",
  property,
  message: `AbortSignal.${property} leaks under load in Node: use one AbortController and abort it yourself.`,
}));

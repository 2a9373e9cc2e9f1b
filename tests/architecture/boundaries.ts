/**
 * Who may import what, in one table: the lint rules (`oxlint.config.ts`) are made from it and
 * `tests/architecture.test.ts` checks every import against it. Tests beside the sources are free of it.
 */
export interface Boundary {
  /** Globs of the files the row is about; the first row that fits a file counts. */
  files: string[];
  /** Folders or files of `app/` and `cli/` it may import. */
  folders: string[];
  /** What of these folders it may not touch, by path. */
  except?: string[];
  /** npm packages it may import. */
  packages: "any" | string[];
  /** Whether it may use what only Node has, `node:…`. */
  node: boolean;
  /** The sentence that explains, shown by the linter and by the test. */
  because: string;
}

const behindServices = ["app/server/repository", "app/server/bus", "app/server/env.server.ts"];

export const boundaries: Boundary[] = [
  {
    files: ["app/contract/**"],
    folders: ["app/contract"],
    packages: ["zod", "zod/mini", "zod/v4/core"],
    node: false,
    because:
      "The contract is the shapes on the wire, read by server, browser and terminal alike: it imports zod and itself, nothing else.",
  },
  {
    files: ["app/domain/**"],
    folders: ["app/contract", "app/domain"],
    packages: [],
    node: false,
    because:
      "The domain is pure: it imports the contract and itself, no package and no node: module; clock, ids and I/O come in as arguments.",
  },
  {
    files: ["app/client/**"],
    folders: ["app/contract", "app/domain", "app/client"],
    packages: ["eventsource-parser", "zod"],
    node: false,
    because:
      "The stream client runs in the browser and in the terminal: it imports contract, domain, itself, eventsource-parser and zod, and nothing that only one of the two has.",
  },
  {
    files: ["app/locales/**"],
    folders: ["app/contract", "app/domain", "app/client/connection.ts", "app/locales"],
    packages: ["@messageformat/core", "@schummar/icu-type-parser"],
    node: false,
    because:
      "The locales are texts: they import contract, domain, the states of a connection, themselves and the compiler of messages, no other package and no node: module.",
  },
  {
    files: ["app/server/**"],
    folders: ["app/contract", "app/domain", "app/server"],
    packages: "any",
    node: true,
    because:
      "The server knows contract, domain and itself: it has no idea of routes, panel, texts or the terminal, so that each can change alone.",
  },
  {
    files: ["app/panel/gallery/**"],
    folders: [
      "app/contract",
      "app/domain",
      "app/client",
      "app/locales",
      "app/panel",
      "app/components",
      "tests/fixtures/callbacks",
    ],
    packages: "any",
    node: false,
    because:
      "The gallery shows the panel from the recorded callbacks: it imports what the browser runs, and these; it is no part of what is built.",
  },
  {
    files: ["app/panel/**", "app/components/**"],
    folders: ["app/contract", "app/domain", "app/client", "app/locales", "app/panel", "app/components"],
    packages: "any",
    node: false,
    because:
      "What the browser runs imports contract, domain, client, locales, panel and components, never the server and no node: module; data comes from a route's loader and from the stream.",
  },
  {
    files: ["app/entry.server.tsx"],
    folders: ["app/contract", "app/domain", "app/server", "app/locales"],
    except: behindServices,
    packages: "any",
    node: true,
    because:
      "The server entry renders pages: it imports contract, domain, locales and the services of the server.",
  },
  {
    files: ["app/routes/**/*.tsx", "app/root.tsx", "app/entry.client.tsx"],
    folders: [
      "app/contract",
      "app/domain",
      "app/server",
      "app/client",
      "app/locales",
      "app/panel",
      "app/components",
      "app/routes",
    ],
    except: behindServices,
    packages: "any",
    node: false,
    because:
      "A page shows: it imports panel, components, client and locales, and for its loader the services of the server, never repository, bus or environment themselves, and no node: module.",
  },
  {
    files: ["app/routes/**", "app/routes.ts"],
    folders: ["app/contract", "app/domain", "app/server", "app/locales", "app/routes"],
    except: behindServices,
    packages: "any",
    node: true,
    because:
      "A resource route is HTTP only: it imports contract, domain, locales and the services of the server, never repository, bus or environment themselves, and nothing of the panel.",
  },
  {
    files: [
      "cli/commands/serve.ts",
      "cli/commands/audit.ts",
      "cli/commands/restored.ts",
      "cli/commands/migrate.ts",
      "cli/commands/load-server.ts",
    ],
    folders: ["app/contract", "app/domain", "app/client", "app/locales", "app/server", "build/server", "cli"],
    packages: "any",
    node: true,
    because:
      "`jobmon serve`, `audit`, `restored` and `migrate` load the built server; of the rest they know what every command knows.",
  },
  {
    files: ["cli/**"],
    folders: ["app/contract", "app/domain", "app/client", "app/locales", "cli", "tests/fixtures/callbacks"],
    packages: "any",
    node: true,
    because:
      "The terminal client imports contract, domain, client, locales, itself and the recorded callbacks its demo plays, never the server: only `jobmon serve`, `audit`, `restored` and `migrate` load the built one.",
  },
];

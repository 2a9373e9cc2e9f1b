import { type DummyRuleMap, defineConfig } from "oxlint";
import { type Boundary, boundaries } from "./tests/architecture/boundaries.ts";
import { refusedImports, refusedProperties } from "./tests/architecture/refused.ts";

const tests = ["**/*.test.ts", "**/*.test.tsx"];

export default defineConfig({
  plugins: [
    "eslint",
    "typescript",
    "unicorn",
    "oxc",
    "import",
    "react",
    "jsx-a11y",
    "node",
    "promise",
    "vitest",
  ],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["build/**", ".react-router/**"],
  rules: {
    "react/react-in-jsx-scope": "off",
    "vitest/expect-expect": ["error", { assertFunctionNames: ["expect*", "fc.assert"] }],
    "vitest/no-conditional-expect": "off",
    "vitest/no-standalone-expect": "off",
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    "import/no-unassigned-import": "off",
    "promise/always-return": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/consistent-function-scoping": "off",

    "no-restricted-properties": ["error", ...refusedProperties],
    "node/no-process-env": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    // A module is loaded for its types alone otherwise, zod with it.
    "typescript/no-import-type-side-effects": "error",
  },
  overrides: [
    // The first row of the table that fits a file counts; here it is the last override.
    ...boundaries
      .toReversed()
      .map((boundary) => ({ files: boundary.files, rules: restrictImports(boundary) })),
    {
      files: refusedImports.map(({ except }) => except).filter(Boolean),
      rules: { "no-restricted-imports": "off" },
    },
    { files: ["app/contract/**", "app/domain/**"], rules: refuseClockAndDice() },
    { files: tests, rules: { "no-restricted-imports": "off", "no-restricted-properties": "off" } },
    {
      files: [
        "app/server/env.server.ts",
        "cli/environment.ts",
        "{scripts,tests,bench}/**",
        "*.config.ts",
        ...tests,
      ],
      rules: { "node/no-process-env": "off" },
    },
  ],
});

/** The row as `no-restricted-imports`: everything is refused, then what may be imported is let through. */
function restrictImports({ files, folders, except = [], packages, node, because }: Boundary): DummyRuleMap {
  const group = [
    ...(packages === "any" ? ["\\#*/**"] : ["*", "!./**", ...packages.map((name) => `!${name}`)]),
    ...folders.map((path) => `!${everythingIn(path)}`),
    ...except.map(everythingIn),
    ...(node || packages !== "any" ? [] : ["node:*"]),
  ];
  const inApp = files.every((glob) => glob.startsWith("app/"));
  const refused = refusedImports.map(({ specifier, because: message }) => ({ group: [specifier], message }));
  const climbing = {
    regex: "^\\.\\./(?!.*tests/fixtures/callbacks/)",
    message: "Across the folders of app/ imports are written #app/…",
  };
  return {
    "no-restricted-imports": [
      "error",
      { patterns: [{ group, message: because }, ...refused, ...(inApp ? [climbing] : [])] },
    ],
  };
}

function everythingIn(path: string) {
  return path.endsWith(".ts") ? `\\#${path}` : `\\#${path}/**`;
}

function refuseClockAndDice(): DummyRuleMap {
  const message = "Contract and domain are pure: the caller passes time and ids in as arguments.";
  return {
    "no-restricted-properties": [
      "error",
      ...refusedProperties,
      { object: "Date", property: "now", message },
      { object: "Math", property: "random", message },
      { object: "performance", property: "now", message },
      { object: "crypto", property: "randomUUID", message },
    ],
  };
}

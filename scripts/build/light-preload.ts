import type { Plugin } from "vite";

/**
 * What Vite puts around every `import()`, with what we use of it: scripts that the one to come imports are asked for
 * with it, not after it. There are no styles to wait for: all stand in the document.
 */
export function lightPreload(): Plugin {
  return {
    name: "jobmon:light-preload",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    load: (id) => (id === "\0vite/preload-helper.js" ? HELPER : undefined),
  };
}

const HELPER = `
  export function __vitePreload(load, scripts = []) {
    for (const script of scripts) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = "/" + script;
      document.head.append(link);
    }
    return load();
  }`;

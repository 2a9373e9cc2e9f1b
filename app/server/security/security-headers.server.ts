/** Headers by name, as they are set on an answer. */
type Headers = Readonly<Record<string, string>>;

/** What other hosts a page may use beside its own; none without sign-in. */
export type PageHosts = { scripts: string[]; images: string[]; frames: string[] };

const ONE_YEAR_SECONDS = 31_536_000;

const ALWAYS: Headers = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * The headers every answer carries (OWASP ASVS 5, 3.4). What is no page may load nothing and be framed by nobody.
 * `isSecure`: the client came by TLS, so that it may be told to come by TLS alone.
 */
export function securityHeaders(isSecure: boolean): Headers {
  return {
    ...ALWAYS,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    ...(isSecure && { "Strict-Transport-Security": `max-age=${ONE_YEAR_SECONDS}; includeSubDomains` }),
  };
}

/**
 * The Content-Security-Policy of a page: its own scripts and styles, and inline ones that carry the nonce, which is of
 * this one answer. `frameAncestors` is a source list, such as `'none'`.
 */
export function pagePolicy(options: { nonce: string; frameAncestors: string; hosts: PageHosts }): string {
  const { nonce, frameAncestors, hosts } = options;
  const ours = `'self' 'nonce-${nonce}'`;
  const directives: Record<string, string[]> = {
    "default-src": ["'none'"],
    "script-src": [ours, ...hosts.scripts],
    "style-src": [ours],
    "img-src": ["'self'", "data:", ...hosts.images],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...hosts.scripts],
    "manifest-src": ["'self'"],
    "worker-src": hosts.scripts.length > 0 ? ["'self'", "blob:"] : ["'self'"],
    "frame-src": hosts.frames.length > 0 ? hosts.frames : ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": [frameAncestors],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}

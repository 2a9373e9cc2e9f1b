/** Where Redis is: one server, the sentinels that know it, or some nodes of a cluster. */
export type RedisAddress = {
  kind: "server" | "sentinel" | "cluster";
  hosts: { host: string; port: number }[];
  isEncrypted: boolean;
  username?: string;
  password?: string;
  database: number;
  /** The name the sentinels know it by; empty for the other kinds. */
  name: string;
};

const FORM =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/@]+)(?:\/(?<path>[^?#]*))?$/;
const HOST = /^(?:\[(?<six>[0-9a-f:.]+)\]|(?<host>[^:[\]\s]+))(?::(?<port>\d{1,5}))?$/i;
const PATH = {
  server: /^(?<database>\d*)$/,
  cluster: /^$/,
  sentinel: /^(?<name>[^/]+)(?:\/(?<database>\d+))?$/,
};

/**
 * Reads `redis://[user[:password]@]host[:port][/database]`, `redis+sentinel://host,host/name[/database]` or
 * `redis+cluster://host,host`; `rediss` is the same over TLS. Undefined for anything else; never throws, as an error
 * would carry the password.
 */
export function parseRedisAddress(text: string): RedisAddress | undefined {
  const { tls, user, password, hosts, path = "", ...found } = FORM.exec(text)?.groups ?? {};
  const kind = found["kind"] === "sentinel" || found["kind"] === "cluster" ? found["kind"] : "server";
  const place = PATH[kind].exec(path)?.groups ?? (PATH[kind].test(path) ? {} : undefined);
  const nodes = (hosts ?? "").split(",").map((host) => parseHost(host, kind === "sentinel" ? 26_379 : 6_379));
  const known = nodes.filter((node) => node !== undefined);
  if (place === undefined || known.length < nodes.length || (kind === "server" && nodes.length > 1))
    return undefined;
  try {
    return {
      kind,
      hosts: known,
      isEncrypted: tls === "s",
      ...(user ? { username: decodeURIComponent(user) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
      database: Number(place["database"] ?? 0),
      name: place["name"] ?? "",
    };
  } catch {
    return undefined;
  }
}

function parseHost(text: string, usual: number): { host: string; port: number } | undefined {
  const { six, host = six, port = String(usual) } = HOST.exec(text)?.groups ?? {};
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}

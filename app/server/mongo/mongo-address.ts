const DEFAULT_DATABASE = "jobmon";
const ADDRESS = /^mongodb(?:\+srv)?:\/\/(?:[^/?#]*@)?([^/?#@]+)(?:\/([^?#]*))?(?:\?.*)?$/;

/** What of the address of a MongoDB may be shown: no credentials in it. */
export type MongoAddress = { hosts: string; database: string };

/** Reads `mongodb://` and `mongodb+srv://`; without a database it is `jobmon`. Undefined for anything else. */
export function parseMongoAddress(uri: string): MongoAddress | undefined {
  const [, hosts, database] = ADDRESS.exec(uri) ?? [];
  return hosts === undefined ? undefined : { hosts, database: database || DEFAULT_DATABASE };
}

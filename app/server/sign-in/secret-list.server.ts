import { createHash, timingSafeEqual } from "node:crypto";

export type SecretList = {
  /** Compares in constant time with every secret, whichever of them it is. */
  has(candidate: string | undefined): boolean;
};

/** Secrets of the environment, separated by commas: several, so that one can be replaced while the other still works. */
export function createSecretList(text: string | undefined): SecretList {
  const hashes = splitSecrets(text).map(hash);
  return {
    has(candidate) {
      const given = hash(candidate ?? "");
      const matches = hashes.filter((known) => timingSafeEqual(known, given));
      return candidate !== undefined && matches.length > 0;
    },
  };
}

/** The secrets of such a text. */
export function splitSecrets(text: string | undefined): string[] {
  return (text ?? "").split(",").flatMap((part) => part.trim() || []);
}

/** Of one length, whatever was given. */
function hash(secret: string): Uint8Array {
  return createHash("sha256").update(secret).digest();
}

/** The bytes of a standard base64 text (RFC 4648, 4: padded, no line breaks), undefined where it is none. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text, "base64"));
  bytes.write(text, "base64");
  return new Uint8Array(bytes.buffer);
}

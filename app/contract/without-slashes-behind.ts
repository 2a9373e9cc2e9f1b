/** A base address or path that another path is put behind: without the slashes at its end. */
export function withoutSlashesBehind(base: string): string {
  let end = base.length;
  while (base[end - 1] === "/") end -= 1;
  return base.slice(0, end);
}

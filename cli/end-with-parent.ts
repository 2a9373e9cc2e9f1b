/**
 * For a process that another one started with a channel, as the demo does: when that one is gone, however it went,
 * this one is asked to end too. Without a channel nothing happens.
 */
export function endWithParent(): void {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
}

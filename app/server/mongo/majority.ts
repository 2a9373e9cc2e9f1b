/** Written on the majority before it is acknowledged, read as the majority has it: a failover takes nothing back. */
export const MAJORITY = { writeConcern: { w: "majority" }, readConcern: { level: "majority" } } as const;

/** An index that the majority has is made: a member that is away keeps nobody from beginning, and makes it when it is back. */
export const BY_MAJORITY = { commitQuorum: "majority" } as const;

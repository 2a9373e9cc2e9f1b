/** How many lines of a job are kept; `logCount` tells how many there ever were (design: state rules, 6). */
export const LOGS_KEPT = 500;

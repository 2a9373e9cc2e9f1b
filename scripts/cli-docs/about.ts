/** What docs/cli.md says besides what the commands say of themselves. */
export const about = {
  opening: [
    "`jobmon` in the terminal: watch, wait, act, and script against jobs. It uses the same live stream as the panel; nothing is polled.",
    "![`jobmon tail` on a light terminal](terminal-light.png)",
    "![`jobmon tail` on a dark terminal](terminal-dark.png)",
    "Data goes to stdout, talk to stderr. On a terminal what is over stays as lines and what runs is redrawn below them, never on the alternate screen, so that scrolling, copying and searching go on working. Without a terminal every real change is one line: time (RFC 3339), status, percent or `-`, job, title, message, separated by tabs; with `--logs` a log line has `log` as its status and its level in place of the percent. Text of workers is shown as text: control characters are removed, so that it cannot move the cursor. A reader that goes away (`jobmon tail | head -1`) ends a command quietly with 0. Ctrl-C ends at once and leaves the jobs alone.",
    "Wherever a job is named, the beginning of its id will do (four characters or more, eight are shown) where only one job begins so; the newest 2,000 are looked through.",
    "Flags win over the environment, the environment over the profile in `jobmon config path`, that over `http://127.0.0.1:4500`. The token of a profile is sent to that profile's own address only.",
  ],
  exitCodes: [
    "Of several jobs the gravest end counts: failed (3), then fallen silent (7), then canceled (6). A job that has already ended gives the same code. A job that jobmon failed because its worker never came back (`no_callback`) gives 7. SIGHUP gives 129. A request that the state of a job does not allow (`cancel` of one that has ended, `rm` of one that runs) gives 1.",
    "A lost connection, a server that is away or answers 5xx or 429 never ends `tail`, `wait`, `logs -f` and `list --watch`: they try again for ever, further and further apart, unless `--max-retries` is given, and say so on stderr. 401, 403 and 404 end them. Commands that ask once give up at once.",
  ],
  environment: ["The server's own variables are in the [README](../README.md#configuration)."],
  ndjson: [
    "`-o ndjson` writes one JSON object a line, also while it follows, never in colour. Each has `type` and `cursor`, the place in the feed it was learnt at. Keys are English in every language. Fields may be added; none is renamed or removed. `-o json` writes one document where there is an end, and the same lines where there is none.",
    "**What may be merged, and what is never lost.** The stream carries states, not deltas. Progress of one job goes out at most a few times a second, and a state that a newer one of the same job has overtaken on its way may be left out; `revision` then jumps. Every job's newest state always comes, its end included, over any number of disconnects, and each revision at most once. So 100,000 callbacks are not 100,000 lines: they are every job's last revision, and whatever of the way there was not overtaken. Log lines are never merged: each index comes once and in order. A job keeps its last 500 lines; what has gone before anybody read it is counted on stderr (`-- 12 lines are missing --`), and `index` jumps.",
  ],
};

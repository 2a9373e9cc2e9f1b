import { stripVTControlCharacters } from "node:util";
import { readPercent, readProgress } from "./read-progress.ts";

const LONGEST_LINE = 8_000;
/** OSC 9;4 (ConEmu, Windows Terminal, systemd): state, and percent where the state has one. */
// oxlint-disable-next-line no-control-regex -- control sequences are what this is about
const TASKBAR = /\u001B\]9;4;([0-4])(?:;(\d{1,3}))?(?:\u0007|\u001B\\)/g;
const WITH_PERCENT = new Set(["1", "2", "4"]);
const LINE_END = /\r\n|\n|\r(?!$)/g;

export type OutputReader = { read(chunk: Uint8Array): void; end(): void };

export type OutputListener = {
  /** A line that is over, without what only a terminal obeys. */
  onLine: (text: string) => void;
  /** A line that is no text. */
  onBinary: () => void;
  /** 0–100, as often as the output speaks of it. */
  onProgress: (percent: number) => void;
};

/**
 * Reads what a command writes as lines and progress, whatever it is: any bytes, lines without an end (read to 8,000
 * characters), bars that redraw themselves with a return (their states are progress, no lines). Remembers no more than
 * the line that has begun.
 */
export function createOutputReader({ onLine, onBinary, onProgress }: OutputListener): OutputReader {
  const decoder = new TextDecoder();
  let rest = "";
  /** What has spoken already, before its line was over. */
  let heard = "";

  function take(text: string): void {
    let begin = 0;
    for (const { 0: end, index } of text.matchAll(LINE_END)) {
      if (end === "\r") show(text.slice(begin, index));
      else finish(text.slice(begin, index));
      begin = index + end.length;
    }
    rest = text.slice(begin, begin + LONGEST_LINE);
    // Of a line that goes on for ever only the beginning is of use, but its return or newline still has to be seen.
    if (text.endsWith("\r") && !rest.endsWith("\r")) rest += "\r";
  }

  /** A state of a line that is drawn over. */
  function show(line: string): void {
    if (line !== heard) report(readProgress(plain(line)));
  }

  function finish(line: string): void {
    const text = plain(line);
    if (!isText(text)) return onBinary();
    if (line !== heard) report(readProgress(text));
    if (text.trim() !== "") onLine(text);
  }

  function report(percent: number | undefined): void {
    if (percent !== undefined) onProgress(percent);
  }

  function takeTaskbar(text: string): string {
    return text.replace(TASKBAR, (_all, state: string, percent: string | undefined) => {
      if (WITH_PERCENT.has(state) && percent !== undefined && Number(percent) <= 100)
        onProgress(Number(percent));
      return "";
    });
  }

  return {
    read(chunk) {
      const before = rest;
      const text = before + decoder.decode(chunk, { stream: true });
      take(text.includes("\u001B]9;4;") ? takeTaskbar(text) : text);
      if (rest === before || !rest.includes("%")) return;
      heard = rest;
      report(readPercent(plain(rest)));
    },
    end() {
      take(`${rest}${decoder.decode()}`.replace(/\r$/, ""));
      if (rest !== "") finish(rest);
      rest = "";
    },
  };
}

function plain(line: string): string {
  return stripVTControlCharacters(line.slice(0, LONGEST_LINE));
}

/** Text has no NUL, and nearly every one of its bytes is a character. */
function isText(line: string): boolean {
  if (line.includes("\0")) return false;
  const broken = line.split("\uFFFD").length - 1;
  return broken * 10 <= line.length;
}

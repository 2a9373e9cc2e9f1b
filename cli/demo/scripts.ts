import audioError from "../../tests/fixtures/callbacks/audio-error.json" with { type: "json" };
import audio from "../../tests/fixtures/callbacks/audio-transcription.json" with { type: "json" };
import office from "../../tests/fixtures/callbacks/office-backwards.json" with { type: "json" };
import recovered from "../../tests/fixtures/callbacks/pdf-failed-then-recovered.json" with { type: "json" };
import pdf from "../../tests/fixtures/callbacks/pdf-pages.json" with { type: "json" };
import silent from "../../tests/fixtures/callbacks/pdf-silent-after-failed.json" with { type: "json" };
import plain from "../../tests/fixtures/callbacks/plain-counting.json" with { type: "json" };
import transformer from "../../tests/fixtures/callbacks/transformer.json" with { type: "json" };
import video from "../../tests/fixtures/callbacks/video.json" with { type: "json" };
import { type Script, scriptSchema } from "./script.ts";

/** The dialogues the demo plays, in this order; they are part of the package. */
export const demoScripts: readonly Script[] = [
  silent,
  pdf,
  audioError,
  office,
  recovered,
  plain,
  video,
  transformer,
  audio,
].map((script) => scriptSchema.parse(script));

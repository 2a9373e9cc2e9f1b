import { expect, it } from "vitest";
import { mayBeFinal } from "./may-be-final.ts";

const PADDING = "x".repeat(1_000);

it.each([
  `{"phase":"completed","message":"${PADDING}`,
  `{"phase" : "error" , "message":"${PADDING}`,
  `{"message":"${PADDING}","phase":"comp`,
  `{"status":"error","worker":"secretary`,
  `{"phase":"processing","status":"completed","logs":["${PADDING}`,
  `{"phase":"transcribe","error":{"code":"${PADDING}`,
  `{"data":{"extracted_text":"${PADDING}`,
  `{"data":{"phase":"ocr","extracted_text":"${PADDING}`,
  `{"images_archive_data":"UEsDB${PADDING}`,
  `{"metadata":{"pages":3},"message":"${PADDING}`,
  `{"phase":"","data":{"extracted_text":"${PADDING}`,
  ` \n{ "message" : "\\"phase\\":\\"running\\"" , "data" : { "a" : "${PADDING}`,
])("lets a body go on that may be a final: %.60s", (beginning) => {
  expect(mayBeFinal(new TextEncoder().encode(beginning))).toBe(true);
});

it.each([
  `{"phase":"running","message":"${PADDING}`,
  `{"phase":"failed","data":{"progress":5},"message":"${PADDING}`,
  `{"phase":"processing","metadata":{"status":"completed"},"message":"${PADDING}`,
  `{"message":"\\"status\\":\\"completed\\", ${PADDING}`,
  `{"logs":[{"status":"completed","phase":"completed"},"${PADDING}`,
  `{"message":"${PADDING}`,
  `["status","data","${PADDING}`,
  `${'\\"'.repeat(30_000)}`,
  PADDING,
  "",
])("stops a body that says nothing of an end: %.60s", (beginning) => {
  expect(mayBeFinal(new TextEncoder().encode(beginning))).toBe(false);
});

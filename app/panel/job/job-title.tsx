import { cutTitle } from "./cut-title.ts";

/** A title in one line that keeps its end: what does not fit is cut out of the middle. */
export function JobTitle({ title }: { title: string }) {
  const [head, tail] = cutTitle(title);
  return (
    <span dir="auto" title={title} className="flex min-w-0 leading-5 font-medium whitespace-pre">
      <span className="overflow-hidden text-ellipsis">{head}</span>
      {tail !== "" && <span>{tail}</span>}
    </span>
  );
}

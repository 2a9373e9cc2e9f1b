import favicon from "./favicon.svg?no-inline";

/** The sign of jobmon, at the head of a page that stands alone. */
export function Mark() {
  return <img src={favicon} alt="" className="size-10 rounded-[10px] border border-line bg-bg p-2" />;
}

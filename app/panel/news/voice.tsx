/** What is said to a screen reader; `isUrgent` interrupts it. */
export type Sentence = { text: string; isUrgent: boolean };

export const SILENCE: Sentence = { text: "", isUrgent: false };

/** The panel's one voice. It is there before it speaks, because a region that comes with its text is not read out. */
export function Voice({ sentence: { text, isUrgent } }: { sentence: Sentence }) {
  return (
    <>
      <output className="sr-only">{isUrgent ? "" : text}</output>
      <p aria-live="assertive" className="sr-only">
        {isUrgent ? text : ""}
      </p>
    </>
  );
}

/** That a page failed and the way back, in no language: for where not even the words can be had. */
export function WordlessProblem({ status }: { status: number }) {
  return (
    <main className="grid min-h-dvh place-content-center gap-2">
      <p className="font-mono text-sm text-faint">{status}</p>
      <a href="/" className="underline">
        {location.host}
      </a>
    </main>
  );
}

import { deDE } from "@clerk/localizations/de-DE";
import ClerkShell, { type ClerkShellProps } from "./clerk-shell.tsx";

/** The same with Clerk's texts in German. */
export default function GermanClerkShell(props: Omit<ClerkShellProps, "localization">) {
  return <ClerkShell {...props} localization={deDE} />;
}

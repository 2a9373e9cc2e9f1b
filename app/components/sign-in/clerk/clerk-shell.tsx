import { ClerkProvider } from "@clerk/react-router";
import type { ComponentProps, ReactNode } from "react";

type ProviderProps = ComponentProps<typeof ClerkProvider>;

export type ClerkShellProps = {
  /** What the server's Clerk adapter gave out for it. */
  state: unknown;
  localization?: ProviderProps["localization"];
  children: ReactNode;
};

/** Clerk's forms in the colours of the panel. */
const appearance: NonNullable<ProviderProps["appearance"]> = {
  variables: {
    colorPrimary: "var(--color-run)",
    colorBackground: "var(--color-bg)",
    colorForeground: "var(--color-text)",
    colorMutedForeground: "var(--color-muted)",
    fontFamily: "var(--font-sans)",
    borderRadius: "8px",
  },
};

/** Clerk around the page, as its adapter at the server began it: the key comes with the page, no build has it. */
export default function ClerkShell({ state, localization, children }: ClerkShellProps) {
  return (
    <ClerkProvider
      loaderData={state}
      appearance={appearance}
      afterSignOutUrl="/sign-in"
      {...(localization === undefined ? {} : { localization })}
      {...nonceOfPage()}
    >
      {children}
    </ClerkProvider>
  );
}

/** What Clerk adds to the page carries the nonce that the page's policy asks for. */
function nonceOfPage(): { nonce?: string } {
  if (typeof document === "undefined") return {};
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  return nonce === undefined ? {} : { nonce };
}

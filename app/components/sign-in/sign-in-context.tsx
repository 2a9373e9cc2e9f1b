import { createContext, useContext } from "react";
import type { Me } from "#app/contract/http.ts";
import type { Locale } from "#app/locales/locale.ts";

/** How people sign in here and who has, as the server knows it; `provider` is for the part of the provider alone. */
export type SignInState = { mode: Me["auth"]; userEmail?: string; provider?: unknown };

type SignInContextValue = SignInState & { locale: Locale };

const SignInContext = createContext<SignInContextValue>({ mode: "local", locale: "de" });

export const SignInProvider = SignInContext;

/** Who has signed in; without a provider, as in local mode, there is no sign-in. */
export function useSignIn(): SignInContextValue {
  return useContext(SignInContext);
}

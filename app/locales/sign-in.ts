import { defineTexts } from "./define-texts.ts";

/** Signing in, signing out, and who is signed in. */
export const signInTexts = defineTexts({
  de: {
    title: "Anmelden",
    intro: "jobmon zeigt die eigenen Jobs und keine anderen.",
    loading: "Anmeldung wird geladen …",
    failed:
      "Der Anmeldedienst ist nicht erreichbar. Die Jobs laufen weiter, zu sehen sind sie nach der Anmeldung.",
    retry: "Neu laden",
    noEmail: {
      title: "E-Mail-Adresse nicht bestätigt",
      text: "Jobs gehören zu einer E-Mail-Adresse. Die dieses Kontos hat noch niemand bestätigt.",
      todo: "Hier bestätigen und dann weiter zu den Jobs.",
      proceed: "Weiter zu den Jobs",
    },
    menu: {
      signedIn: "Angemeldet als",
      account: "Konto verwalten",
      signOut: "Abmelden",
    },
  },
  en: {
    title: "Sign in",
    intro: "jobmon shows your own jobs and nobody else’s.",
    loading: "Loading sign-in…",
    failed:
      "The sign-in service cannot be reached. Your jobs keep running; you will see them once you have signed in.",
    retry: "Reload",
    noEmail: {
      title: "E-mail address not verified",
      text: "Jobs belong to an e-mail address. The one of this account has not been verified yet.",
      todo: "Verify it here, then continue to your jobs.",
      proceed: "Continue to your jobs",
    },
    menu: {
      signedIn: "Signed in as",
      account: "Manage account",
      signOut: "Sign out",
    },
  },
});

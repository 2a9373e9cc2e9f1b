import { createContext } from "react-router";

/** What the page that is being rendered has to carry: the nonce of its inline scripts, and the policy that asks for it. */
export type PagePolicy = { nonce: string; policy: string };

/** Null for what is no page, and under `npm run dev`, where Vite brings inline scripts of its own. */
export const pagePolicyContext = createContext<PagePolicy | null>(null);

import { type ReactNode, useEffect, useState } from "react";
import { useSessionRefresh } from "./use-session-refresh.ts";
import { tellUser, watchUser } from "./user-watch.ts";

/**
 * What it shows is one user's: it goes, with everything it has loaded, as soon as this browser is another's, and the
 * server is asked what there is to see now.
 */
export function SameUser({ userEmail, children }: { userEmail: string; children: ReactNode }) {
  const [isOver, setOver] = useState(false);
  const refreshSession = useSessionRefresh();
  useEffect(() => {
    // Tabs of whoever was signed in before hear of it, too.
    tellUser(userEmail);
    return watchUser({ userEmail, refreshSession }, () => {
      setOver(true);
      location.replace("/");
    });
  }, [userEmail, refreshSession]);
  return isOver ? null : children;
}

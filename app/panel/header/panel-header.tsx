import { useSetAtom } from "jotai";
import { Search, SlidersHorizontal } from "lucide-react";
import { memo } from "react";
import type { Connection } from "#app/client/connection.ts";
import { UserMenu } from "#app/components/sign-in/user-menu.tsx";
import { IconButton } from "#app/components/ui/button.tsx";
import { SheetClose, SheetTitle } from "#app/components/ui/sheet.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { useTexts } from "#app/panel/panel-context.tsx";
import { coverAtom } from "#app/panel/panel-state.ts";

export type PanelHeaderProps = {
  /** Undefined where nothing could be read. */
  connection: Connection | undefined;
  /** Whether there is anything to search in. */
  hasSearch: boolean;
  isSearching: boolean;
  onSearch: (isSearching: boolean) => void;
};

/** Title, connection and what can be set. Jobs that move leave it as it is. */
export const PanelHeader = memo(function PanelHeader(props: PanelHeaderProps) {
  const { connection, hasSearch, isSearching, onSearch } = props;
  const { texts, shell } = useTexts();
  const setCover = useSetAtom(coverAtom);
  return (
    <header className="flex items-start gap-2 pt-2.5 pr-2 pb-1.5 pl-4 max-[22rem]:gap-1 max-[22rem]:pr-1 max-[22rem]:pl-3">
      <div className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <SheetTitle>{texts.title}</SheetTitle>
        {connection !== undefined && <ConnectionBadge connection={connection} />}
      </div>
      {hasSearch && (
        <IconButton
          label={shell.search.open}
          aria-expanded={isSearching}
          aria-keyshortcuts="/"
          onClick={() => onSearch(!isSearching)}
        >
          <Search size={17} aria-hidden />
        </IconButton>
      )}
      <IconButton label={shell.settings} onClick={() => setCover("settings")}>
        <SlidersHorizontal size={17} aria-hidden />
      </IconButton>
      <UserMenu label={shell.account} />
      <SheetClose label={texts.close} />
    </header>
  );
});

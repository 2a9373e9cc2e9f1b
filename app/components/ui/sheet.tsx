import * as Dialog from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "./button.tsx";

export type SheetProps = { open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/**
 * A sheet beside the page: the page stays usable. Everything that opens or fills it stands inside. It slides in when
 * somebody opens it; one that is open from the start is simply there.
 */
export function Sheet({ open, onOpenChange, children }: SheetProps) {
  const [hasMoved, setHasMoved] = useState(false);
  function change(next: boolean): void {
    setHasMoved(true);
    onOpenChange(next);
  }
  return (
    <Dialog.Root modal={false} open={open} onOpenChange={change}>
      <div className="group contents" data-moved={hasMoved || undefined}>
        {children}
      </div>
    </Dialog.Root>
  );
}

/** Makes its one child, a button, open and close the sheet. */
export function SheetTrigger({ children }: { children: ReactNode }) {
  return <Dialog.Trigger asChild>{children}</Dialog.Trigger>;
}

/**
 * The sheet itself, on the right, over the full width where there is no room beside it. Rendered in place and not in
 * a portal, so that the server renders it too. Focus moves in only when somebody opened it, never on load.
 */
export function SheetContent(props: { onEscape: (event: KeyboardEvent) => void; children: ReactNode }) {
  return (
    <Dialog.Content
      aria-describedby={undefined}
      onEscapeKeyDown={props.onEscape}
      onInteractOutside={(event) => event.preventDefault()}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        if (document.activeElement !== document.body && event.target instanceof HTMLElement)
          event.target.focus();
      }}
      className="fixed inset-y-0 right-0 grid w-full grid-rows-[auto_1fr_auto] bg-bg shadow-panel outline-none group-data-moved:data-[state=open]:animate-slide-in data-[state=closed]:animate-slide-out motion-reduce:animate-none sm:w-105"
    >
      {props.children}
    </Dialog.Content>
  );
}

export function SheetTitle({ children }: { children: ReactNode }) {
  return <Dialog.Title className="text-lg font-semibold tracking-[-0.011em]">{children}</Dialog.Title>;
}

export function SheetClose({ label }: { label: string }) {
  return (
    <Dialog.Close asChild>
      <IconButton label={label}>
        <X size={17} aria-hidden />
      </IconButton>
    </Dialog.Close>
  );
}

import * as Dialog from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { type KeyboardEvent as ReactKeyboardEvent, type ReactNode, type RefObject, useState } from "react";
import { IconButton } from "./button.tsx";

export type SheetProps = { open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/**
 * A sheet beside the page: the page stays usable. Everything that opens or fills it stands inside. It slides in when
 * somebody opens it; one that is open from the start is simply there.
 */
export function Sheet({ open, onOpenChange, children }: SheetProps) {
  const [wasOpen, setWasOpen] = useState(open);
  const [hasMoved, setHasMoved] = useState(false);
  if (wasOpen !== open) {
    setWasOpen(open);
    setHasMoved(true);
  }
  return (
    <Dialog.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <div className="group contents" data-moved={hasMoved || undefined}>
        {children}
      </div>
    </Dialog.Root>
  );
}

/** There is one sheet in a document; its name stands in what the server renders. */
const TITLE_ID = "sheet-title";

/** Makes its one child, a button, open and close the sheet. */
export function SheetTrigger({ children }: { children: ReactNode }) {
  return <Dialog.Trigger asChild>{children}</Dialog.Trigger>;
}

export type SheetContentProps = {
  /** Whether the page behind is out of reach: then Tab stays inside. Whoever renders the page makes it inert. */
  isModal: boolean;
  /** Where the focus goes when the sheet closes. */
  returnTo: RefObject<HTMLElement | null>;
  onEscape: (event: KeyboardEvent) => void;
  children: ReactNode;
};

/**
 * The sheet itself, on the right, over the full width where there is no room beside it. Rendered in place and not in
 * a portal, so that the server renders it too. Focus moves in only when somebody opened it, never on load.
 */
export function SheetContent({ isModal, returnTo, onEscape, children }: SheetContentProps) {
  return (
    <Dialog.Content
      aria-labelledby={TITLE_ID}
      aria-describedby={undefined}
      aria-modal={isModal || undefined}
      data-sheet
      onEscapeKeyDown={onEscape}
      onInteractOutside={(event) => event.preventDefault()}
      onKeyDown={(event) => isModal && keepInside(event)}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        const { target } = event;
        if (target instanceof HTMLElement && target.closest("[data-moved]") !== null) target.focus();
      }}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        if (document.activeElement === document.body) returnTo.current?.focus();
      }}
      className="fixed inset-y-0 right-0 z-30 flex w-full flex-col bg-bg shadow-panel outline-none group-data-moved:data-[state=open]:animate-slide-in data-[state=closed]:animate-slide-out sm:w-95 md:w-105"
    >
      {children}
    </Dialog.Content>
  );
}

export function SheetTitle({ children }: { children: ReactNode }) {
  return (
    <h2 id={TITLE_ID} className="text-lg font-semibold tracking-[-0.011em]">
      {children}
    </h2>
  );
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

/** Tab at one end goes on at the other. */
function keepInside(event: ReactKeyboardEvent<HTMLElement>): void {
  if (event.key !== "Tab") return;
  const stops = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("a[href], button, input, [tabindex]"),
  ].filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility() && element.closest("[inert]") === null,
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const isAtEnd = event.shiftKey
    ? document.activeElement === first || document.activeElement === event.currentTarget
    : document.activeElement === last;
  if (!isAtEnd) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

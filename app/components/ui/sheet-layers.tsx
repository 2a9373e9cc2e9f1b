import {
  cloneElement,
  type ComponentProps,
  type ReactElement,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";

type AutoFocus = {
  onMountAutoFocus?: (event: Event) => void;
  onUnmountAutoFocus?: (event: Event) => void;
};

export type LayerProps = ComponentProps<"div"> &
  AutoFocus & {
    id: string;
    onEscapeKeyDown?: (event: KeyboardEvent) => void;
    onDismiss: () => void;
    onInteractOutside?: unknown;
    deferPointerDownOutside?: unknown;
    disableOutsidePointerEvents?: unknown;
  };

/**
 * What a sheet beside the page needs of the layers that Radix' dialog is built on; they take their place in what is
 * built (`scripts/build/without-unused.ts`). This is `Presence`: what is closed stays until it has moved out. Radix'
 * own has the browser compute its style while the page is hydrated, and renders it twice.
 */
export function Presence({ present, children }: { present: boolean; children: PresentChild }) {
  const element = useRef<Element>(null);
  const [wasPresent, setWasPresent] = useState(present);
  const [isLeaving, setLeaving] = useState(false);
  if (wasPresent !== present) {
    setWasPresent(present);
    setLeaving(!present);
  }
  useEffect(() => {
    if (!isLeaving) return;
    let isBack = false;
    const moves = element.current?.getAnimations() ?? [];
    void Promise.allSettled(moves.map(({ finished }) => finished)).then(() => {
      if (!isBack) setLeaving(false);
    });
    return () => {
      isBack = true;
    };
  }, [isLeaving]);
  // oxlint-disable-next-line react/refs -- it is handed on, not read
  return present || isLeaving ? cloneElement(children, { ref: element }) : null;
}
type PresentChild = ReactElement<{ ref: RefObject<Element | null> }>;

/** `FocusScope`: the focus is kept nowhere, so that the layer in it has all there is to do. */
export function FocusScope({ onMountAutoFocus, onUnmountAutoFocus, children }: ScopeProps) {
  return cloneElement(children, { onMountAutoFocus, onUnmountAutoFocus } as AutoFocus);
}
type ScopeProps = AutoFocus & { children: ReactElement<AutoFocus> };

/** Other parts of the page that belong to the dialog: there are none. */
export function FocusScopeBranchProvider({ children }: { children: ReactElement }) {
  return children;
}

export function useFocusScopeBranchRegistry() {
  return { nodes: [], registry: undefined };
}

/** Of the overlay, which a sheet beside the page has not. */
export function useDismissableLayerSurface(): void {}

/** `DismissableLayer`: Escape ends it, whatever happens outside does not; its owner is asked where the focus goes. */
export function DismissableLayer(props: LayerProps) {
  const { onMountAutoFocus, onUnmountAutoFocus, onEscapeKeyDown, onDismiss, ...others } = props;
  const {
    onInteractOutside: _,
    deferPointerDownOutside: _1,
    disableOutsidePointerEvents: _2,
    ...div
  } = others;

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    onEscapeKeyDown?.(event);
    if (event.defaultPrevented) return;
    event.preventDefault();
    onDismiss();
  });
  const onMount = useEffectEvent((layer: Element) => {
    if (!layer.contains(document.activeElement)) tell(layer, onMountAutoFocus);
  });
  const onUnmount = useEffectEvent((layer: Element) => tell(layer, onUnmountAutoFocus));

  useEffect(() => {
    const layer = document.getElementById(div.id);
    if (layer === null) return;
    const mounted = new AbortController();
    document.addEventListener("keydown", onKeyDown, { capture: true, signal: mounted.signal });
    onMount(layer);
    return () => {
      mounted.abort();
      // Not before it is out of the document, and with it the focus that it had.
      setTimeout(() => onUnmount(layer));
    };
  }, [div.id]);

  return <div tabIndex={-1} {...div} />;
}

function tell(layer: Element, listener: ((event: Event) => void) | undefined): void {
  if (listener !== undefined) layer.addEventListener("autofocus", listener, { once: true });
  layer.dispatchEvent(new Event("autofocus", { cancelable: true }));
}

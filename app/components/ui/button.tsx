import type { ComponentProps } from "react";

type ButtonProps = ComponentProps<"button">;

/** A button with an edge: the one thing to do here. */
export function Button({ className = "", ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-[7px] border border-line-strong bg-bg px-2.5 text-sm font-medium text-text hover:bg-hover disabled:opacity-60 ${className}`}
      {...props}
    />
  );
}

/** A button without an edge, for what stands in the second row. */
export function QuietButton({ className = "", ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex h-7 items-center gap-1.5 rounded-[7px] px-2 text-sm font-medium text-muted hover:bg-hover hover:text-text disabled:opacity-60 ${className}`}
      {...props}
    />
  );
}

/** A square button that shows only an icon; `label` is its name. */
export function IconButton({ label, ...props }: ButtonProps & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-hover hover:text-text"
      {...props}
    />
  );
}

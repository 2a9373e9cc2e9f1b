import type { IconNode, LucideProps } from "lucide-react";
import { createElement } from "react";

/**
 * Stands in for `createLucideIcon` of lucide-react in what is built (`scripts/build/light-icons.ts`): size and
 * attributes, for icons of 24 units in the text's colour. `icon` is one of the library's, or the name of one of our own.
 */
export default function createIcon(icon: { node: IconNode } | string, nodes: IconNode = []) {
  const { node } = typeof icon === "string" ? { node: nodes } : icon;
  const shapes = node.map(([tag, attributes]) => createElement(tag, attributes));

  return function Icon({ size = 24, ...props }: LucideProps) {
    return createElement(
      "svg",
      {
        viewBox: "0 0 24 24",
        width: size,
        height: size,
        fill: "none",
        stroke: "currentColor",
        strokeWidth: 2,
        strokeLinecap: "round",
        strokeLinejoin: "round",
        ...props,
      },
      ...shapes,
    );
  };
}

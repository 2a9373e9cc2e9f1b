/** The look of a line in the menu of the user. */
export const MENU_ITEM =
  "flex h-8 w-full items-center rounded-md px-2 text-left text-sm font-medium hover:bg-track focus-visible:bg-track";

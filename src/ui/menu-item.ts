/** The look of an entry of a menu, for a link or a button. */
export const menuItemClass = "flex min-h-8 w-full items-center rounded px-2 text-left text-13 text-text no-underline hover:bg-sunken max-md:min-h-11 pointer-coarse:min-h-11";

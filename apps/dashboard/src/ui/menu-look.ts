/** How menus look that are made of Radix's parts by hand. */
export const menuClass = 'overlay-enter z-40 min-w-44 rounded-lg border border-line bg-raised p-1 shadow-raised';
export const menuItemClass =
  'flex min-h-7 items-center gap-2 rounded-md px-2 outline-none select-none data-[highlighted]:bg-sunken data-[state=checked]:font-medium';

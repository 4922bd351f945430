/** A laptop's screen at 150 % and more: the parts of the dialog stand below each other, and scroll together. */
export const NARROW = '@media (max-width: 1000px)';

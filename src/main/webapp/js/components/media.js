// @ts-check
/** What the place is like that the page is shown in. */

/** Wide enough for rooms and talk side by side; above the second, for people or a thread too. */
export const ROOMS_BESIDE = matchMedia('(min-width: 760px)');
export const THREE_BESIDE = matchMedia('(min-width: 1080px)');

/** Where there is a keyboard at hand, not one that would come up over the talk. */
export const FINE = matchMedia('(pointer: fine)');

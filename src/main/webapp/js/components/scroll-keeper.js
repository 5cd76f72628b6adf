// @ts-check
/** Nearer to the end than this counts as being there. */
const NEAR_PX = 48;

/**
 * Holds a scroller where its reader is: at the end when they are at the end, else on the row they are looking at,
 * whatever comes and goes above and below it.
 */
export class ScrollKeeper {
  atEnd = true;
  #goesOn = false;
  #scroller;
  #rows;
  #observer;

  /** @param {HTMLElement} scroller @param {HTMLElement} rows @param {() => void} moved */
  constructor(scroller, rows, moved) {
    this.#scroller = scroller;
    this.#rows = rows;
    scroller.addEventListener('scroll', () => this.#scrolled(moved), { passive: true });
    this.#observer = new ResizeObserver(() => this.atEnd && this.toEnd());
    this.#observer.observe(scroller);
    this.#observer.observe(rows);
  }

  /** How far the reader is from the oldest row, and from the newest, in heights of the scroller. */
  get heights() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const one = Math.max(1, clientHeight);
    return { above: scrollTop / one, below: (scrollHeight - clientHeight - scrollTop) / one };
  }

  toEnd() {
    this.atEnd = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /**
   * Shows a row, and stays there. What the scroller tells of itself comes later, and may still tell of a move from before: a row
   * that was drawn meanwhile would bring a reader back to the end whom that told to be there.
   *
   * @param {Element} row
   */
  reveal(row) {
    row.scrollIntoView({ block: 'center' });
    this.#measure();
  }

  /**
   * Below the last row more is to come: to be there is not to be at the end, else a fast reader would be taken past what comes.
   *
   * @param {boolean} more
   */
  goesOn(more) {
    this.#goesOn = more;
    if (more) this.atEnd = false;
  }

  /** Something is about to grow because its reader wants to read it: what they look at stays. */
  hold() {
    this.atEnd = false;
    requestAnimationFrame(() => this.#measure());
  }

  /** @param {() => void} change to the rows */
  keep(change) {
    const row = this.atEnd ? null : this.#firstInSight();
    const top = row?.getBoundingClientRect().top ?? 0;
    change();
    if (this.atEnd) {
      this.toEnd();
    } else if (row?.isConnected) {
      this.#scroller.scrollTop += row.getBoundingClientRect().top - top;
    }
  }

  stop() {
    this.#observer.disconnect();
  }

  /** @param {() => void} moved */
  #scrolled(moved) {
    this.#measure();
    moved();
  }

  #measure() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.atEnd = !this.#goesOn && scrollHeight - clientHeight - scrollTop < NEAR_PX;
  }

  /** By halving: the rows lie in order. */
  #firstInSight() {
    const { top } = this.#scroller.getBoundingClientRect();
    const rows = this.#rows.children;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    return rows[low] ?? null;
  }
}

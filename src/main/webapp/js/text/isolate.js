// @ts-check
/** Written from right to left: Hebrew, Arabic and their neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\ud802\ud803\ud83a\ud83b]/;

/**
 * A table of sentences whose names and words from elsewhere turn nothing around them: a name that runs from right to left is
 * kept apart from the sentence it stands in (Unicode's first strong isolate).
 *
 * @template T @param {T} table @returns {T}
 */
export function keptApart(table) {
  if (typeof table === 'function') return /** @type {any} */ ((/** @type {any[]} */ ...given) => table(...given.map(isolated)));
  if (typeof table !== 'object' || table === null || Array.isArray(table)) return table;
  return /** @type {any} */ (Object.fromEntries(Object.entries(table).map(([name, value]) => [name, keptApart(value)])));
}

/** @param {any} given @returns {any} */
function isolated(given) {
  if (Array.isArray(given)) return given.map(isolated);
  return typeof given === 'string' && RIGHT_TO_LEFT.test(given) ? `\u2068${given}\u2069` : given;
}

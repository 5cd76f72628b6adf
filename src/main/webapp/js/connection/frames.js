// @ts-check
/** One WebSocket message holds one or more JSON objects, one per line. */

const utf8 = new TextDecoder();

/**
 * @param {string|ArrayBuffer} data one WebSocket message, text or binary
 * @returns {Record<string, any>[]} what its lines say; a line that is no JSON object says nothing
 */
export function objectsOf(data) {
  const text = typeof data === 'string' ? data : utf8.decode(data);
  return text.split('\n').map(parsed).filter((object) => object !== null);
}

/** @param {string} line @returns {any} */
function parsed(line) {
  if (line.trim() === '') return null;
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

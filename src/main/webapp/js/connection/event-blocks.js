// @ts-check
/**
 * The blocks of an event stream as they come in, whatever pieces the network cuts them into (HTML, server-sent events): the
 * fields `event` and `data` of those that have data. A comment says nothing, but it was heard.
 */
export class EventBlocks {
  #utf8 = new TextDecoder();
  #rest = '';

  /** @param {Uint8Array} piece @returns {{event: string, data: string}[]} the blocks that end in it */
  take(piece) {
    const blocks = (this.#rest + this.#utf8.decode(piece, { stream: true })).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.map(parsed).filter(({ data }) => data !== '');
  }
}

/** @param {string} block */
function parsed(block) {
  let event = 'message';
  const data = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
    else if (line.startsWith('event:')) event = line.slice(6).trim();
  }
  return { event, data: data.join('\n') };
}

// @ts-check
/** @typedef {import('../connection/types.js').Message} Message */

/**
 * What somebody has begun to write in a room: as long as it is not sent, it is kept, whatever happens to the page.
 *
 * @typedef {object} Draft
 * @property {string} text
 * @property {{seq: number, name: string, text: string}} [replyTo]
 * @property {{seq: number, text: string, before: string}} [edit] the message that is being changed, what it said, and what was in the box before
 */

/** One room's draft. Kept at every change. */
export class Drafts {
  #keep;

  /** @param {import('./keep.js').Keep} keep */
  constructor(keep) {
    this.#keep = keep;
  }

  /** @param {string} room @returns {Draft} */
  of(room) {
    return this.#keep.get(`draft:${room}`) ?? { text: '' };
  }

  /** @param {string} room @param {Draft} draft */
  put(room, draft) {
    if (draft.text === '' && !draft.replyTo && !draft.edit) this.#keep.remove(`draft:${room}`);
    else this.#keep.put(`draft:${room}`, draft);
  }

  /** @param {Draft} draft @param {Message} message @returns {Draft} */
  answering(draft, { seq, from, text = '' }) {
    const begun = draft.edit ? this.given(draft) : draft;
    return { ...begun, replyTo: { seq, name: from.name, text: text.slice(0, 200) } };
  }

  /** @param {Draft} draft @param {Message} message @returns {Draft} */
  editing(draft, { seq, text = '' }) {
    const before = draft.edit ? draft.edit.before : draft.text;
    return { text, edit: { seq, text, before } };
  }

  /** An edit or answer is given up; what was in the box before an edit comes back. @param {Draft} draft @returns {Draft} */
  given({ text, edit }) {
    return { text: edit ? edit.before : text };
  }
}

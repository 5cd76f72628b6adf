// @ts-check
/** The clipboard, also where a page that came without TLS has only the old way to it. */

/** @param {import('../chat/chat.js').Chat} chat @param {string} words @param {string} told once they are there */
export async function copied(chat, words, told) {
  await copy(words);
  chat.emit('told', told);
}

/** @param {string} words */
export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    bySelection(words);
  }
}

/** @param {string} words */
function bySelection(words) {
  const box = document.createElement('textarea');
  box.value = words;
  box.className = 'unseen';
  document.body.append(box);
  box.select();
  document.execCommand('copy');
  box.remove();
}

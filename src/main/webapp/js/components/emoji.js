// @ts-check
import { html } from 'lit-html';
import { text } from '../text/text.js';
import { popUp } from './pop-up.js';

/** One press away. */
export const QUICK = ['👍', '❤️', '😂', '🎉', '👀', '✅'];

const ALL = (
  '👍 👎 👏 🙏 💪 👋 🤝 👌 🙌 🤞 ✌️ 🫶 ❤️ 🧡 💛 💚 💙 💜 🖤 💔 😀 😄 😂 🤣 🙂 😉 😊 😍 😘 😎 🤔 🤨 😐 🙄 😏 😬 😴 😢 😭 😤 😡 🤯 ' +
  '😱 🥳 🤩 🥺 😇 🤗 🫡 🤷 🤦 💯 🔥 ✨ 🎉 🎂 🏆 🚀 👀 ✅ ❌ ❓ ❗ ⚠️ 🐛 🔧 💡 📌 📎 📅 ⏰ ☕ 🍵 🍕 🍰 🍺 ☀️ 🌧️ 🌱 🐢'
).split(' ');

/** @param {HTMLElement} anchor @param {(emoji: string) => void} chosen */
export function pickEmoji(anchor, chosen) {
  popUp(anchor, text.chooseEmoji, (close) => html`
    <div class="emojis" @keydown=${moves}>
      ${ALL.map((emoji) => html`<button type="button" @click=${() => {
        close();
        chosen(emoji);
      }}>${emoji}</button>`)}
    </div>`);
}

/** By arrow keys, as one looks over a grid. @param {KeyboardEvent} event */
function moves(event) {
  const grid = /** @type {HTMLElement} */ (event.currentTarget);
  const columns = getComputedStyle(grid).gridTemplateColumns.split(' ').length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...grid.querySelectorAll('button')];
  buttons[buttons.indexOf(/** @type {any} */ (document.activeElement)) + step]?.focus();
}

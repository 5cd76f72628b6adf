// @ts-check
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

/** Anything that Markdown could mean something by. */
const MARKED = /[*_`~[\]\\>|\n]|:\/\/|mailto:|^\s*(?:[-+]|\d+[.)])\s/;

/** Where a link may lead. */
const ADDRESS = /^(?:https?:\/\/|mailto:)/i;

const SAFE = {
  ALLOWED_TAGS: ['p', 'em', 'strong', 's', 'code', 'pre', 'a', 'ul', 'ol', 'li', 'blockquote'],
  ALLOWED_ATTR: ['href', 'start'],
  ALLOWED_URI_REGEXP: ADDRESS,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: /** @type {true} */ (true),
};

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true })
  // A line that begins with # is a line of talk; a picture would tell its server who reads.
  .disable(['heading', 'lheading', 'hr', 'table', 'reference', 'image', 'html_block', 'html_inline', 'code']);
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.validateLink = (address) => ADDRESS.test(address.trim());
// Line ends stay line ends: the paragraph shows them.
markdown.renderer.rules.softbreak = () => '\n';
markdown.renderer.rules.hardbreak = () => '\n';

const purify = DOMPurify(window);
purify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer nofollow ugc');
});

/**
 * What somebody wrote, as elements that can do nothing: first made by Markdown, which takes no markup, then sieved.
 *
 * @param {string} text @param {string[]} called names to be made conspicuous
 * @returns {Node}
 */
export function written(text, called) {
  const words = MARKED.test(text) ? purify.sanitize(markdown.render(text), SAFE) : paragraph(text);
  if (called.length > 0 && text.includes('@')) callOut(words, called);
  return words;
}

/** @param {string} text */
function paragraph(text) {
  const fragment = document.createDocumentFragment();
  const words = document.createElement('p');
  words.textContent = text;
  fragment.append(words);
  return fragment;
}

/** @param {Node} words @param {string[]} called */
function callOut(words, called) {
  const names = called.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])@(?:${names.join('|')})(?![\\p{L}\\p{N}_])`, 'giu');
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  texts.filter((text) => !text.parentElement?.closest('code, a')).forEach((text) => mark(text, pattern));
}

/** @param {Text} text @param {RegExp} pattern */
function mark(text, pattern) {
  const matches = [...text.data.matchAll(pattern)];
  for (const match of matches.reverse()) {
    const called = text.splitText(match.index);
    called.splitText(match[0].length);
    const element = document.createElement('span');
    element.className = 'called';
    called.replaceWith(element);
    element.append(called);
  }
}

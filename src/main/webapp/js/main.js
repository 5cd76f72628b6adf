// @ts-check
import './components/parley-chat.js';

// @ts-check
import { pluralOf } from './plural.js';

const counted = pluralOf('en');
const list = new Intl.ListFormat('en', { type: 'conjunction' });
const listed = (/** @type {string[]} */ names) => list.format(names);

/** Everything the page says of its own accord, in English. Another language is another table of this shape. */
export const en = {
  self: 'English',
  product: 'Parley',

  rooms: 'Rooms',
  otherRooms: 'More rooms',
  switchRoom: 'Go to a room',
  /** @param {string} keys */
  switchRoomBy: (keys) => `Go to a room (${keys})`,
  switchTo: 'Name of a room',
  aboutRoom: 'About this room',
  changeTopic: 'Set the topic',
  /** @param {string} room */
  setTopic: (room) => `Topic of #${room}`,
  topicLabel: 'What is this room about?',
  topicHelp: 'Whoever made the room may set it.',
  leaveRoom: 'Leave this room',
  save: 'Save',
  newRoom: 'New room',
  newRoomHelp: 'Anybody here can find and join it.',
  roomName: 'Name of the room',
  roomNameExample: 'for example: garden',
  createRoom: 'Create room',
  /** @param {string} room */
  createNamedRoom: (room) => `Create “${room}”`,
  openRooms: 'Show rooms',
  openRoomsNew: 'Show rooms: there is something new',
  close: 'Close',
  cancel: 'Cancel',
  /** @param {number} count */
  unread: (count) => counted(count, { one: '# new message', other: '# new messages' }),
  /** @param {number} count @param {number} mentions */
  unreadMentions: (count, mentions) =>
    `${counted(count, { one: '# new message', other: '# new messages' })}, ${counted(mentions, { one: '# mentions you', other: '# mention you' })}`,

  people: 'People here',
  openPeople: 'Show who is here',
  /** @param {number} count */
  peopleCount: (count) => counted(count, { one: '# person here', other: '# people here' }),
  /** @param {number} count */
  andMore: (count) => `and ${count} more`,
  nobodyKnown: 'We will see who is here once connected.',
  alone: 'Nobody else is here. Send others the link, and they join in with one click.',
  you: 'you',
  guest: 'guest',
  bot: 'bot',

  changeName: 'Change your name',
  chooseName: 'Choose your name',
  keepName: 'Keep this one',
  nameLabel: 'What shall people call you?',
  nameHelp: 'Shown beside everything you say. You can change it at any time.',
  useName: 'Use this name',
  /** @param {string} name */
  hereAs: (name) => `You are here as ${name}.`,
  /** @param {string} wanted @param {string} name */
  hereInstead: (wanted, name) => `The name ${wanted} is in use, so you are here as ${name} for now.`,

  /** @param {string} room */
  messagesIn: (room) => `Messages in ${room}`,
  /** @param {string} room */
  writeTo: (room) => `Message #${room}`,
  send: 'Send',
  /** @param {number} left */
  charactersLeft: (left) => (left < 0 ? `${-left} too many` : `${left} left`),
  latest: 'Newest messages',
  loadingOlder: 'Fetching older messages…',
  /** @param {string} room */
  beginning: (room) => `This is where #${room} begins.`,
  emptyTitle: 'Nobody has said anything here yet',
  emptyHelp: 'Say hello: whoever comes later will find it.',
  inviteHelp: 'Whoever opens this address can join in:',
  onlyThisMachine: 'So far only this machine can open it. “Letting others in” in the README says how to change that.',
  newHere: 'New',
  whatIsNew: 'What others say',
  /** @param {string} who @param {string} words */
  said: (who, words) => `${who}: ${words}`,
  /** @param {string} who @param {string} words */
  saidInThread: (who, words) => `${who}, in a thread: ${words}`,
  /** @param {number} count */
  moreSaid: (count) => counted(count, { one: '# more message', other: '# more messages' }),
  deleted: 'This message was deleted.',
  earlierMessage: 'An earlier message',
  noSuchMessage: 'That message is not there any more.',
  /** @param {number} count */
  replies: (count) => counted(count, { one: '# reply', other: '# replies' }),
  thread: 'Thread',
  openThread: 'Open the thread',
  closeThread: 'Close the thread',
  replyInThread: 'Reply in a thread',
  writeInThread: 'Reply in this thread',
  messagesInThread: 'Messages in this thread',
  loadingThread: 'Fetching the thread…',
  emptyThread: 'Nobody has replied yet. What is said here stays together, below this message.',
  showAnswered: 'Show the message that this answers',
  showAll: 'Show all of it',
  showLess: 'Show less',
  messageActions: 'What to do with this message',
  react: 'React',
  /** @param {string} emoji */
  reactToo: (emoji) => `React with ${emoji}`,
  takeBack: 'Take your reaction back',
  chooseEmoji: 'Choose an emoji',
  insertEmoji: 'Insert an emoji',
  reply: 'Reply',
  /** @param {string} name */
  replyingTo: (name) => `Replying to ${name}`,
  editing: 'Changing your message',
  giveUp: 'Give up (Esc)',
  mentionWhom: 'Whom do you mean?',
  copyText: 'Copy text',
  textCopied: 'The text is on your clipboard.',
  copyLink: 'Copy link',
  linkCopied: 'The link is on your clipboard.',
  erase: 'Delete',
  eraseTitle: 'Delete this message?',
  eraseHelp: 'It is erased for everybody, and cannot be brought back.',
  /** @param {string[]} names */
  typing: (names) =>
    names.length > 3 ? 'Several people are typing…' : `${listed(names)} ${names.length === 1 ? 'is' : 'are'} typing…`,

  settings: 'Settings',
  language: 'Language',
  automatic: 'Like the browser',
  theme: 'Colours',
  /** @type {Record<string, string>} */
  themes: { auto: 'Like the device', light: 'Light', dark: 'Dark' },
  notify: 'Notify me when I am mentioned',
  offerNotify: 'Somebody has just mentioned you. Shall this browser tell you when it happens again and you look elsewhere?',
  notifyMe: 'Notify me',
  noThanks: 'No, thanks',
  sound: 'With a sound',
  quiet: 'Do not disturb',
  settingsHelp: 'Kept in this browser.',
  /** @param {string} name @param {string} room */
  mentionedBy: (name, room) => `${name} in #${room}`,

  edited: 'edited',
  today: 'Today',
  yesterday: 'Yesterday',

  sending: 'Sending…',
  waiting: 'Waiting to be sent.',
  /** @param {string} reason */
  failed: (reason) => `Not sent. ${reason}`,
  otherAuthor: 'You were somebody else when you wrote this.',
  tryAgain: 'Try again',
  edit: 'Edit',
  discard: 'Discard',

  /** @param {string} room */
  noSuchRoom: (room) => `There is no room “${room}”`,
  noSuchRoomHelp: 'It may have another name, or nobody has made it yet.',
  cannotJoin: 'This room cannot be read',
  backToLobby: 'Go to the lobby',

  connecting: 'Connecting…',
  offline: 'You are offline. What you write is kept and sent when you are back.',
  /** @param {number} seconds */
  lost: (seconds) =>
    seconds < 1 ? 'No connection; what you write is kept. Trying again now…' : `No connection; what you write is kept. Trying again in ${seconds} s.`,
  stopped: 'The connection was closed.',
  /** Why it was closed for good, by the code. @type {Record<number, string>} */
  ends: { 3003: 'The operator has ended your session.' },
  tryNow: 'Try now',
  connectAgain: 'Connect again',
  disconnected: 'There is no connection just now. Try again in a moment.',
  refusedUnknown: 'That did not work.',
  /** What refusals mean, by their code; the server's own words are English. @type {Record<string, string>} */
  reasons: {},

  /** What is to be known of a way that is not the best, by its name. @type {Record<string, string>} */
  byWay: {
    sse: 'Connected another way, since WebSocket does not get through. Everything works.',
    poll: 'Connected the slowest way, since nothing better gets through. Messages come; who is typing is not shown.',
  },
  /** The same, where the address of the page asks for it. @type {Record<string, string>} */
  byWayAsked: {
    sse: 'Connected by an event stream, as the address of this page asks.',
    poll: 'Connected by polling, as the address of this page asks. Who is typing is not shown.',
  },
  findOutWhy: 'Find out why',
  hide: 'Hide this',
  testConnection: 'Test the connection',

  help: [
    'Enter sends, Shift+Enter begins a new line.',
    '/me waves – says what you do',
    '/nick NAME – changes your name',
    '/join ROOM – goes to a room, and makes it if need be',
    '/topic WORDS – sets the topic of a room that you made',
    'Ctrl+K (⌘K) goes to a room, ↑ in the empty box changes what you said last',
    '**bold**, *slanted*, `code`, ``` for whole lines of it, > for a quotation',
    '//text – sends a text that begins with a slash',
  ],
  /** @param {string} word */
  unknownCommand: (word) => `There is no command /${word}. /help lists those there are; to send it as a text, begin with two slashes.`,
  /** @param {string} name */
  nowCalled: (name) => `You are now called ${name}.`,

  /** @param {string} who @param {string} topic */
  topicSet: (who, topic) => (topic ? `${who} set the topic: ${topic}` : `${who} removed the topic.`),
  settingsSet: /** @param {string} who */ (who) => `${who} changed the room’s settings.`,
  /** @type {Record<string, (who: string, user: string) => string>} */
  member: {
    joined: (_who, user) => `${user} joined.`,
    left: (_who, user) => `${user} left.`,
    invited: (who, user) => `${who} invited ${user}.`,
    removed: (who, user) => `${who} removed ${user}.`,
    role: (who, user) => `${who} changed what ${user} may do.`,
    muted: (who, user) => `${who} muted ${user}.`,
    unmuted: (who, user) => `${who} lets ${user} speak again.`,
    banned: (who, user) => `${who} banned ${user}.`,
    unbanned: (who, user) => `${who} lifted the ban on ${user}.`,
  },
};

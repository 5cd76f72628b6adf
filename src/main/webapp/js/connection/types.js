// @ts-check
/**
 * The shapes that travel on the wire, as far as the page knows them. Only types: nothing imports this at run time.
 *
 * @typedef {{id: string, name: string, guest?: boolean, bot?: boolean}} User
 * @typedef {{code: string, message: string, retryAfter?: number, field?: string}} Refusal
 * @typedef {{do: string, [field: string]: unknown}} Command
 * @typedef {{type: string, room?: string, seq?: number, [field: string]: any}} Event
 * @typedef {{code?: string, reason?: string, reconnect?: boolean, retryAfter?: number}} Bye
 * @typedef {{code: number, reason: string, bye: Bye|null}} Ending
 * @typedef {{textLength: number, rooms: number, page: number, pending: number}} Limits
 * @typedef {{you: User, token?: string, limits?: Partial<Limits>, pingInterval?: number}} Welcome
 *
 * @typedef {object} Message
 * @property {number} seq
 * @property {string} at
 * @property {User} from
 * @property {string} [text]
 * @property {string} [style]
 * @property {string} [key]
 * @property {string} [edited]
 * @property {boolean} [deleted]
 * @property {Record<string, number>} [reactions]
 * @property {string[]} [mentions]
 * @property {number} [replyTo]
 * @property {number} [thread]
 * @property {number} [replies]
 * @property {unknown} [data]
 *
 * @typedef {object} JoinReply
 * @property {string} room
 * @property {string} epoch
 * @property {number} first
 * @property {number} head
 * @property {string} [topic]
 * @property {boolean} [complete]
 * @property {Message[]} [messages]
 * @property {User[]} [present]
 * @property {number} [presentCount]
 * @property {Record<string, string[]>} [mine]
 * @property {number} [readSeq]
 *
 * @typedef {(refusal: Refusal|null, ok: any) => void} Answer
 *
 * What moves lines both ways: of a WebSocket, as much as a Link uses. Lines out are commands, lines in are replies and events.
 *
 * @typedef {object} Socket
 * @property {BinaryType} binaryType
 * @property {number} readyState
 * @property {((event?: any) => void)|null} onopen
 * @property {((event: {data: any}) => void)|null} onmessage
 * @property {((event: {code: number, reason: string}) => void)|null} onclose
 * @property {(line: any) => void} send
 * @property {() => void} close
 *
 * One way to the server; the page goes by the first of its list that carries.
 *
 * @typedef {object} Way
 * @property {'websocket'|'sse'|'poll'} name
 * @property {() => Socket} open
 */
export {};

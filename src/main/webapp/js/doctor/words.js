// @ts-check
import { language } from '../text/text.js';

const en = {
  title: 'Connection doctor',
  lead: 'Tests what lies between this browser and the server. It takes a little more than a minute; what matters most is known in a few seconds.',
  back: 'Back to the chat',
  again: 'Test again',
  running: 'Testing…',
  /** What the page will do. @type {Record<string, string>} */
  verdicts: {
    frames: 'Good: WebSocket works, which is the best way.',
    stream: 'WebSocket does not get through. Parley goes by an event stream instead, and everything works.',
    poll: 'Neither WebSocket nor event streams get through. Parley asks again and again instead: messages come, who is typing does not.',
    refused: 'The server is there, and says no by itself just now: its words are below.',
    none: 'Nothing gets through by which Parley could talk with its server.',
  },
  /** @type {Record<string, string>} */
  states: { good: 'good', bad: 'does not work', odd: 'worth knowing', skipped: 'could not be tested', running: 'being tested' },
  /** @type {Record<string, string>} */
  questions: {
    reach: 'The server answers',
    clock: 'This device’s clock',
    upgrade: 'A WebSocket opens',
    frames: 'It carries messages both ways',
    stream: 'An event stream comes at once',
    poll: 'A request may wait',
    idle: 'A silent connection lives',
  },
  /** @param {number} seconds @param {number} most */
  lives: (seconds, most) => `for ${seconds} s so far, of ${most}`,
  /** What was found. @type {Record<string, (value: number) => string>} */
  found: {
    answered: (ms) => `after ${ms} ms`,
    refused: (status) => `refused with status ${status}`,
    unreachable: () => 'no answer',
    same: () => 'is right',
    ahead: (seconds) => `is ${seconds} s ahead of the server’s: messages seem to come from the past`,
    behind: (seconds) => `is ${seconds} s behind the server’s: messages seem to come from the future`,
    noSocket: () => 'this browser has none, or it is switched off',
    opened: (ms) => `after ${ms} ms`,
    noUpgrade: () => 'no answer: something on the way holds it up',
    refusedUpgrade: () => 'refused: a proxy does not know of it, or does not let it through',
    noSocketOpen: () => 'without one that carries messages there is nothing to test',
    bothWays: (ms) => `after ${ms} ms`,
    swallowed: () => 'it opens, but what is sent gets no answer',
    swallowedLong: () => 'short ones get through, one of 16 KB does not',
    flows: (ms) => `after ${ms} ms`,
    heldBack: () => 'it is held back: something on the way gathers it up',
    cutOff: () => 'it is cut off',
    held: (seconds) => `for ${seconds} s`,
    endedAfter: (seconds) => `it was cut off after ${seconds} s`,
    lived: (seconds) => `for ${seconds} s, by the server’s pings alone`,
    says: () => 'the server itself says:',
    unknown: () => '',
  },
  change: 'What to change',
  changeHelp:
    'If a reverse proxy stands before Parley, these lines let everything through. 127.0.0.1:8080 is where Parley listens. If the proxy is set up so already, something nearer to you is in the way: a firewall, a virus scanner, a company’s proxy. Over https those mostly keep out of it.',
  /** What the lines are for, by what failed. @type {Record<string, string>} */
  because: {
    reach: 'The name by which the server is called must come through as the browser sent it (Host), and be listed in parley.hosts.',
    upgrade: 'The proxy must pass upgrades to WebSocket on: by HTTP/1.1, with Upgrade and Connection.',
    frames: 'The proxy must pass on what comes over a WebSocket as it comes.',
    stream: 'The proxy must not buffer or compress event streams.',
    poll: 'The proxy must let requests wait longer than 25 s.',
    idle: 'The proxy must let connections be silent for longer than 30 s.',
  },
  copy: 'Copy',
  copied: 'Copied',
};

/** @type {typeof en} */
const zh = {
  title: '连接诊断',
  lead: '检测此浏览器与服务器之间的连接。全部完成需要一分多钟，最重要的几秒钟内就知道。',
  back: '返回聊天',
  again: '重新检测',
  running: '正在检测…',
  verdicts: {
    frames: '一切正常：WebSocket 可用，这是最好的方式。',
    stream: 'WebSocket 不通。Parley 改用事件流，一切功能正常。',
    poll: 'WebSocket 和事件流都不通。Parley 改用反复查询：消息照常收发，但不显示谁正在输入。',
    refused: '服务器在线，但此刻由它自己拒绝：原因见下。',
    none: 'Parley 无法通过任何方式与服务器通信。',
  },
  states: { good: '正常', bad: '不通', odd: '需要留意', skipped: '无法检测', running: '正在检测' },
  questions: {
    reach: '服务器有应答',
    clock: '此设备的时钟',
    upgrade: '可以打开 WebSocket',
    frames: '消息可以双向传送',
    stream: '事件流即时到达',
    poll: '请求可以等待',
    idle: '无消息的连接保持不断',
  },
  lives: (seconds, most) => `已保持 ${seconds} 秒，共 ${most} 秒`,
  found: {
    answered: (ms) => `用时 ${ms} 毫秒`,
    refused: (status) => `被拒绝，状态码 ${status}`,
    unreachable: () => '没有应答',
    same: () => '准确',
    ahead: (seconds) => `比服务器快 ${seconds} 秒：消息看起来像是过去发的`,
    behind: (seconds) => `比服务器慢 ${seconds} 秒：消息看起来像是将来发的`,
    noSocket: () => '此浏览器没有或关闭了它',
    opened: (ms) => `用时 ${ms} 毫秒`,
    noUpgrade: () => '没有应答：途中有东西挡住了',
    refusedUpgrade: () => '被拒绝：某个代理不支持或不放行',
    noSocketOpen: () => '没有可以传送消息的 WebSocket，无从检测',
    bothWays: (ms) => `用时 ${ms} 毫秒`,
    swallowed: () => '可以打开，但发出的内容没有应答',
    swallowedLong: () => '短消息可以通过，16 KB 的不行',
    flows: (ms) => `用时 ${ms} 毫秒`,
    heldBack: () => '被扣留：途中有东西把它积攒起来',
    cutOff: () => '被切断',
    held: (seconds) => `等待了 ${seconds} 秒`,
    endedAfter: (seconds) => `${seconds} 秒后被切断`,
    lived: (seconds) => `仅靠服务器的心跳保持了 ${seconds} 秒`,
    says: () => '服务器表示：',
    unknown: () => '',
  },
  change: '需要更改的设置',
  changeHelp:
    '如果 Parley 前面有反向代理，以下设置会放行一切。127.0.0.1:8080 是 Parley 监听的地址。如果代理已经这样设置，问题就在离你更近的地方：防火墙、杀毒软件或公司的代理。使用 https 时它们大多不会干预。',
  because: {
    reach: '服务器的名称（Host）必须原样传递，并列在 parley.hosts 中。',
    upgrade: '代理必须放行 WebSocket 升级：使用 HTTP/1.1，并传递 Upgrade 和 Connection。',
    frames: '代理必须即时传递 WebSocket 上的内容。',
    stream: '代理不得缓冲或压缩事件流。',
    poll: '代理必须允许请求等待超过 25 秒。',
    idle: '代理必须允许连接静默超过 30 秒。',
  },
  copy: '复制',
  copied: '已复制',
};

/** In the language in use. */
export function words() {
  return language() === 'zh' ? zh : en;
}

'use strict';
// What the README of `ws` shows as "server broadcast", to everyone including the sender. The path is the room: with one
// room that is its loop over `wss.clients`.
const { WebSocket, WebSocketServer } = require('ws');

const wss = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 1024 });
const rooms = new Map();

wss.on('connection', (ws, request) => {
  const room = request.url;
  if (!rooms.has(room)) {
    rooms.set(room, new Set());
  }
  const clients = rooms.get(room);
  clients.add(ws);
  ws.on('error', console.error);
  ws.on('close', () => clients.delete(ws));
  ws.on('message', (data, isBinary) => {
    clients.forEach((client) => {
      if (client.readyState === WebSocket.OPEN) {
        client.send(data, { binary: isBinary });
      }
    });
  });
});

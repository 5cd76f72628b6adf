'use strict';
// What the tutorial of Socket.IO shows: each "chat message" is emitted to everyone. The room comes with the address.
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const server = createServer();
const io = new Server(server);

io.on('connection', (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);
  socket.on('chat message', (text) => io.to(room).emit('chat message', text));
});

server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 1024 });

// Socket.IO's rooms, as its documentation shows them.
const { Server } = require('socket.io');

const io = new Server(Number(process.argv[2]), { transports: ['websocket'], perMessageDeflate: false });
io.on('connection', (socket) => {
    let room;
    socket.on('join', (name) => socket.join((room = name)));
    socket.on('say', (text) => io.to(room).emit('say', text));
});

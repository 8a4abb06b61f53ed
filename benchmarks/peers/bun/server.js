// Bun's own publish/subscribe (uWebSockets inside): each text goes to the room that the path names.
const server = Bun.serve({
    hostname: '127.0.0.1',
    port: Number(process.argv[2]),
    fetch: (request, server) =>
        server.upgrade(request, { data: { room: new URL(request.url).pathname } })
            ? undefined
            : new Response('WebSocket only', { status: 426 }),
    websocket: {
        perMessageDeflate: false,
        open: (socket) => socket.subscribe(socket.data.room),
        message: (socket, text) => server.publish(socket.data.room, text),
    },
});

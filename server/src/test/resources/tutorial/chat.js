'use strict';

var query = new URLSearchParams(location.search);
var sender = query.get('sender');
var roomId = query.get('roomId');
var topic = roomId ? '/topic/public/' + roomId : '/topic/public';

var socket = new SockJS('/ws');
var stompClient = Stomp.over(socket);

stompClient.connect({}, function () {
    stompClient.subscribe(topic, received);
    stompClient.send('/app/chat/addUser', {}, chatMessage('JOIN'));
}, function (error) {
    show('ERROR', error);
});

document.getElementById('form').addEventListener('submit', function (event) {
    event.preventDefault();
    var input = document.getElementById('text');
    stompClient.send('/app/chat/sendMessage', {}, chatMessage('TALK', input.value));
    input.value = '';
});

document.getElementById('leave').addEventListener('click', function () {
    socket.close();
});

function chatMessage(type, message) {
    var body = { sender: sender, type: type, message: message };
    if (roomId) {
        body.roomId = roomId;
    }
    return JSON.stringify(body);
}

function received(frame) {
    var body = JSON.parse(frame.body);
    show(frame.headers.destination, body.type, body.sender, body.message);
}

function show() {
    var line = document.createElement('li');
    line.textContent = Array.prototype.join.call(arguments, ' ');
    document.getElementById('received').appendChild(line);
}

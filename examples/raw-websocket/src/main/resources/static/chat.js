'use strict';

const $ = id => document.getElementById(id);
const here = location.origin.replace(/^http/, 'ws');
const ways = {
    websocket: () => new WebSocket(here + '/ws/chat'),
    sockjs: () => new SockJS('/ws/chat'),
    annotated: () => new WebSocket(here + '/ws/annotated')
};
let socket;

const say = (type, message) => socket.send(JSON.stringify({type, sender: $('name').value, message}));

function show({type, sender, message}) {
    const line = document.createElement('li');
    const lines = {JOIN: `${sender} joined`, LEAVE: `${sender} left`, TALK: `${sender}: ${message}`};
    line.textContent = lines[type];
    line.className = type === 'TALK' ? '' : 'note';
    $('messages').append(line);
    line.scrollIntoView({block: 'nearest'});
}

$('enter').addEventListener('submit', event => {
    event.preventDefault();
    $('messages').replaceChildren();
    socket = ways[$('way').value]();
    socket.onopen = () => {
        $('enter').hidden = true;
        $('talk').hidden = false;
        $('state').textContent = '';
        say('JOIN');
        $('text').focus();
    };
    socket.onmessage = event => show(JSON.parse(event.data));
    socket.onclose = ({code, reason}) => {
        $('enter').hidden = false;
        $('talk').hidden = true;
        $('state').textContent = `Closed: ${code} ${reason}`;
    };
});

$('talk').addEventListener('submit', event => {
    event.preventDefault();
    say('TALK', $('text').value);
    $('text').value = '';
});

$('leave').addEventListener('click', () => socket.close());

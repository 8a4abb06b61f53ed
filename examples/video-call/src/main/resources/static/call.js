'use strict';

const $ = id => document.getElementById(id);
const state = text => $('state').textContent = text;
let stomp, connection, other, early;

const signal = (type, content) => stomp.publish({
    destination: '/app/call/' + other,
    body: JSON.stringify({from: '', type, content})
});

async function begin(name) {
    other = name;
    early = [];
    connection = new RTCPeerConnection();
    const mine = connection;
    mine.onicecandidate = ({candidate}) => candidate && mine === connection && signal('candidate', candidate);
    mine.ontrack = ({streams}) => $('remote').srcObject = streams[0];
    mine.onconnectionstatechange = () => {
        if (mine.connectionState === 'connected') {
            state(`Talking to ${other}`);
        }
    };
    $('hang-up').disabled = false;
    const media = await navigator.mediaDevices.getUserMedia({audio: true, video: true});
    $('local').srcObject = media;
    media.getTracks().forEach(track => mine.addTrack(track, media));
}

function end(why) {
    connection?.close();
    connection = undefined;
    $('local').srcObject?.getTracks().forEach(track => track.stop());
    $('local').srcObject = $('remote').srcObject = null;
    $('hang-up').disabled = true;
    state(why);
}

async function call(name) {
    state(`Calling ${name}`);
    await begin(name);
    await connection.setLocalDescription();
    signal('offer', connection.localDescription);
}

async function describe(description) {
    await connection.setRemoteDescription(description);
    const candidates = early;
    early = undefined;
    candidates.forEach(candidate => connection.addIceCandidate(candidate));
}

const heard = {
    async offer(from, description) {
        await begin(from);
        await describe(description);
        await connection.setLocalDescription();
        signal('answer', connection.localDescription);
    },
    answer: (from, description) => describe(description),
    /** What comes before the description has to wait for it. */
    candidate: (from, candidate) => early ? early.push(candidate) : connection?.addIceCandidate(candidate),
    bye: from => end(`${from} hung up`),
    away: from => end(`${from} is not there`)
};

/** One signal at a time: each may wait for the camera. */
let turn = Promise.resolve();
function hear({from, type, content}) {
    turn = turn.then(() => {
        const busy = connection && (type === 'offer' || from !== other);
        return busy || (!connection && type !== 'offer') ? undefined : heard[type](from, content);
    }).catch(error => end(`The call failed: ${error.message}`));
}

$('login').addEventListener('submit', event => {
    event.preventDefault();
    stomp = new StompJs.Client({
        brokerURL: location.origin.replace(/^http/, 'ws') + '/ws',
        connectHeaders: {login: $('name').value},
        onConnect: () => {
            stomp.subscribe('/user/queue/signals', message => hear(JSON.parse(message.body)));
            $('login').hidden = true;
            $('call').hidden = false;
            state(`You are ${$('name').value}`);
        }
    });
    stomp.activate();
});

$('call').addEventListener('submit', event => {
    event.preventDefault();
    if (!connection) {
        turn = turn.then(() => call($('other').value)).catch(error => end(`The call failed: ${error.message}`));
    }
});

$('hang-up').addEventListener('click', () => {
    signal('bye');
    end('You hung up');
});

'use strict';

/* One face for STOMP clients by others: what a test asks of them, in their own words. */

var received = [];
var receipts = [];
var errors = [];
var beats = 0;
var connections = 0;

function socketUrl(kind) {
    return kind === 'sockjs' ? '/ws' : 'ws://' + location.host + '/ws';
}

function note(frame) {
    received.push({ headers: frame.headers, body: frame.body });
}

var stompjs = {
    /* Comes back by itself, as its users configure it, and asks for what it missed. */
    open: function (settings) {
        var self = this;
        this.last = {};
        this.wanted = [];
        return new Promise(function (connected) {
            self.client = new StompJs.Client({
                brokerURL: settings.socket === 'sockjs' ? undefined : socketUrl('plain'),
                webSocketFactory: settings.socket === 'sockjs' ? function () { return new SockJS('/ws'); } : undefined,
                forceBinaryWSFrames: settings.binary,
                splitLargeFrames: settings.split,
                reconnectDelay: 100,
                heartbeatIncoming: 1000,
                heartbeatOutgoing: 1000,
                onConnect: function (frame) {
                    connections++;
                    self.wanted.forEach(function (wanted) { self.listen(wanted); });
                    connected(frame.headers);
                },
                onStompError: function (frame) {
                    errors.push(frame.headers);
                    self.client.deactivate();
                },
                onUnhandledReceipt: function (frame) { receipts.push(frame.headers); },
                onHeartbeatReceived: function () { beats++; }
            });
            self.client.activate();
        });
    },

    subscribe: function (id, destination) {
        var wanted = { id: id, destination: destination };
        this.wanted.push(wanted);
        this.listen(wanted);
    },

    listen: function (wanted) {
        var last = this.last;
        var headers = { id: wanted.id, receipt: 'subscribed-' + wanted.id };
        if (last[wanted.id]) {
            headers.since = last[wanted.id];
        }
        this.client.subscribe(wanted.destination, function (frame) {
            last[wanted.id] = frame.headers['message-id'];
            note(frame);
        }, headers);
    },

    unsubscribe: function (id, receipt) {
        this.wanted = this.wanted.filter(function (wanted) { return wanted.id !== id; });
        this.client.unsubscribe(id, { receipt: receipt });
    },

    send: function (destination, body, receipt) {
        this.client.publish({
            destination: destination,
            body: body,
            headers: { receipt: receipt, 'content-type': 'application/json' }
        });
    },

    sendBytes: function (destination, bytes, receipt) {
        this.client.publish({
            destination: destination,
            binaryBody: new Uint8Array(bytes),
            headers: { receipt: receipt, 'content-type': 'application/json' }
        });
    },

    drop: function () {
        this.client.forceDisconnect();
    },

    /* Waits for the receipt of its DISCONNECT before it closes. */
    disconnect: function () {
        return this.client.deactivate();
    }
};

var webstompClient = {
    open: function (settings) {
        var self = this;
        this.settings = settings;
        this.last = this.last || {};
        this.wanted = this.wanted || [];
        var socket = settings.socket === 'sockjs'
            ? new SockJS('/ws')
            : new WebSocket(socketUrl('plain'), ['v12.stomp', 'v11.stomp', 'v10.stomp']);
        this.client = webstomp.over(socket, {
            debug: false,
            binary: settings.binary,
            heartbeat: { incoming: 10000, outgoing: 10000 }
        });
        this.client.onreceipt = function (frame) { receipts.push(frame.headers); };
        return new Promise(function (connected) {
            self.client.connect({}, function (frame) {
                connections++;
                self.wanted.forEach(function (wanted) { self.listen(wanted); });
                connected(frame.headers);
            }, function (frameOrEvent) {
                if (frameOrEvent.command === 'ERROR') {
                    errors.push(frameOrEvent.headers);
                } else if (errors.length === 0) {
                    self.open(settings);
                }
            });
        });
    },

    subscribe: stompjs.subscribe,
    listen: stompjs.listen,

    unsubscribe: function (id, receipt) {
        this.wanted = this.wanted.filter(function (wanted) { return wanted.id !== id; });
        this.client.unsubscribe(id, { receipt: receipt });
    },

    send: function (destination, body, receipt) {
        this.client.send(destination, body, { receipt: receipt, 'content-type': 'application/json' });
    },

    drop: function () {
        this.client.ws.close();
    },

    disconnect: function () {
        this.client.disconnect(null, { receipt: 'bye' });
        return Promise.resolve();
    }
};

var client = window.StompJs ? stompjs : webstompClient;

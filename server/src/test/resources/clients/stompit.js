// Works through a queue and a topic with stompit, and prints what came, a line for each.
const stompit = require('stompit');

const [port] = process.argv.slice(2);
const fail = (why) => {
    console.error(why);
    process.exit(1);
};

stompit.connect({ host: '127.0.0.1', port: Number(port), connectHeaders: { host: '/', 'heart-beat': '0,0' } }, (error, client) => {
    if (error) fail(error);
    client.on('error', fail);

    const send = (headers, body) =>
        new Promise((resolve) => {
            const frame = client.send(headers, { onReceipt: resolve });
            frame.write(body);
            frame.end();
        });
    const next = (subscription, answer) => (wrong, message) => {
        if (wrong) fail(wrong);
        const chunks = [];
        message.on('data', (chunk) => chunks.push(chunk));
        message.on('end', () => answer(message, Buffer.concat(chunks)));
    };

    let refused = false;
    client.subscribe({ destination: '/queue/jobs', ack: 'client-individual' }, next('jobs', (message, body) => {
        if (!refused) {
            refused = true;
            console.log('refused ' + body);
            client.nack(message);
            return;
        }
        console.log('job ' + body + ' ' + (message.headers.redelivered === 'true'));
        client.ack(message);
        publish();
    }));
    client.subscribe({ destination: '/topic/news', ack: 'auto' }, next('news', (message, body) => {
        console.log('news ' + body.toString('hex') + ' ' + message.headers['content-type']);
        client.disconnect((wrong) => (wrong ? fail(wrong) : console.log('goodbye')));
    }));

    const publish = () => {
        const transaction = client.begin();
        const frame = transaction.send({ destination: '/topic/news', 'content-type': 'application/octet-stream', 'content-length': 4 });
        frame.write(Buffer.from([0, 1, 254, 255]));
        frame.end();
        transaction.commit();
    };
    send({ destination: '/queue/jobs', 'content-type': 'text/plain' }, '일하기').then(() => console.log('stored'));
});

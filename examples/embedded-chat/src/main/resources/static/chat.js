// A room on a page: what was said, what comes, and a line to write. What is missed while the network is away comes later.

const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';

/** By it the server knows a message that is sent twice. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/** A connection to the chat as whoever is logged in. */
export function connect(onConnect) {
  const client = new StompJs.Client({ brokerURL: `${scheme}//${location.host}/ws`, reconnectDelay: 1000 });
  client.onConnect = () => {
    client.subscribe('/user/queue/errors', refused);
    onConnect(client);
  };
  client.activate();
  return client;
}

/** Says why something was refused; the connection stays. */
function refused(frame) {
  document.querySelector('.problem').textContent = JSON.parse(frame.body).detail;
}

/** Shows a room in an element that has a list, a form and a line for problems. */
export class Room {
  #id;
  #client;
  #list;
  #problem;
  #position;

  constructor(element, id) {
    this.#id = id;
    this.#list = element.querySelector('.messages');
    this.#problem = element.querySelector('.problem');
    this.#list.replaceChildren();
    element.querySelector('form').onsubmit = event => {
      event.preventDefault();
      this.#send(event.target.elements.text);
    };
  }

  /** Reads on from where it stopped, or the last messages if it did not begin yet. Called on each new connection. */
  follow(client) {
    this.#client = client;
    const from = this.#position ? { since: this.#position } : { last: '50' };
    return client.subscribe(`/topic/public/${this.#id}`, frame => this.#show(frame), from);
  }

  #show(frame) {
    const message = JSON.parse(frame.body);
    this.#position = frame.headers['message-id'];
    if (message.type !== 'TALK') return;
    const line = document.createElement('li');
    const sender = document.createElement('b');
    sender.textContent = message.sender;
    line.append(sender, message.message);
    this.#list.append(line);
    line.scrollIntoView({ block: 'nearest' });
  }

  #send(input) {
    const text = input.value.trim();
    if (!text || !this.#client?.connected) return;
    this.#problem.textContent = '';
    this.#client.publish({
      destination: '/app/chat/sendMessage',
      body: JSON.stringify({ roomId: this.#id, message: text, clientMessageId: newId() }),
    });
    input.value = '';
  }
}

import { Room, connect } from './chat.js';

const chat = document.getElementById('chat');
const list = document.getElementById('rooms');
const heads = new Map();
let open = null;

/** Shows a customer in the list; who wrote since the agent looked comes first, and in bold. */
function show(room) {
  if (!room.id.startsWith('support-') || room.head === 0) return;
  let button = document.getElementById(room.id);
  if (!button) {
    button = document.createElement('button');
    button.id = room.id;
    button.onclick = () => enter(room.id, room.name, button);
    list.append(button);
  }
  button.textContent = room.name;
  if (room.head > (heads.get(room.id) ?? 0) && open?.id !== room.id) {
    button.classList.add('news');
    list.prepend(button);
  }
  heads.set(room.id, room.head);
}

function enter(id, name, button) {
  open?.subscription?.unsubscribe();
  button.classList.remove('news');
  chat.hidden = false;
  chat.querySelector('h2').textContent = name;
  open = { id, room: new Room(chat, id) };
  if (client.connected) open.subscription = open.room.follow(client);
}

const client = connect(async connected => {
  connected.subscribe('/topic/rooms', frame => show(JSON.parse(frame.body).room));
  if (open) open.subscription = open.room.follow(connected);
  const answer = await fetch('/chat-api/rooms');
  (await answer.json()).rooms.reverse().forEach(show);
});

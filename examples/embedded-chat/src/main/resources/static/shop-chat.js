import { Room, connect } from './chat.js';

const chat = document.getElementById('chat');
if (chat) {
  const room = new Room(chat, chat.dataset.room);
  connect(client => room.follow(client));
}

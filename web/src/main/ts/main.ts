import { Api } from './connection/api';
import { browserSignals, brokerUrl, exclusively } from './connection/browser';
import { openLink } from './connection/link';
import { Chat } from './model/chat';
import { Drafts } from './model/drafts';
import { Known } from './model/known';
import { Outbox } from './model/outbox';
import { ReadMarks } from './model/read-marks';
import { Settings } from './model/settings';
import { BrowserCupboard } from './storage/cupboard';
import { Database } from './storage/database';
import { BrowserOutboxStore } from './storage/outbox-store';
import { openShelf } from './storage/shelf';
import type { App } from './view/app';
import './view/app';

const WIDE = '(min-width: 721px)';

const shelf = openShelf();
const database = new Database();
const store = new BrowserOutboxStore(database);
const outbox = new Outbox(store, exclusively);
const marks = new ReadMarks(shelf);
const settings = new Settings(shelf, navigator.languages);
const chat = new Chat({
  api: new Api(),
  open: closed => openLink(brokerUrl(location), closed),
  signals: browserSignals(),
  settings,
  marks,
  drafts: new Drafts(shelf),
  outbox,
  known: new Known(new BrowserCupboard(database)),
});

store.onOtherTab(() => void outbox.load());
addEventListener('storage', event => event.key === 'maru.read' && marks.reload());

if (settings.nickname && location.pathname === '/' && matchMedia(WIDE).matches) {
  history.replaceState(null, '', `/rooms/${settings.lastRoom ?? 'lobby'}`);
}
const app = document.createElement('maru-app') as App;
app.chat = chat;
document.body.append(app);
chat.start(location.pathname);

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);

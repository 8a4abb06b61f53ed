import { Api } from './connection/api';
import { browserSignals, brokerUrl, exclusively } from './connection/browser';
import { openLink } from './connection/link';
import { Belongings } from './model/belongings';
import { Chat } from './model/chat';
import { Drafts } from './model/drafts';
import { Identity } from './model/identity';
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
const api = new Api();
const identity = new Identity(api, shelf);
const chat = new Chat({
  api,
  open: closed => openLink(brokerUrl(location), closed),
  signals: browserSignals(),
  identity,
  belongings: new Belongings(shelf, settings, marks, new Drafts(shelf), outbox, new Known(new BrowserCupboard(database))),
});

store.onOtherTab(() => void outbox.load());
addEventListener('storage', event => event.key === 'maru.read' && marks.reload());
addEventListener('storage', event => event.key === 'maru.session' && identity.reload());

if (chat.me && location.pathname === '/' && matchMedia(WIDE).matches) {
  history.replaceState(null, '', `/rooms/${settings.lastRoom ?? 'lobby'}`);
}
const app = document.createElement('maru-app') as App;
app.chat = chat;
document.body.append(app);
chat.start(location.pathname);

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);

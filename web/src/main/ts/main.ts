import { html, render } from 'lit';
import { Client } from '@stomp/stompjs';
render(html`<h1>Maru ${Client.name}</h1>`, document.body);

import { beforeEach, expect, test } from 'vitest';
import { Identity, type LogInProblem, type Session, type SessionApi } from '../../main/ts/model/identity';
import { MemoryShelf } from './memory-shelf';

const open: Session = { access: 'open', user: null };
const out: Session = { access: 'accounts', user: null };
const jane: Session = { access: 'accounts', user: { name: 'jane', displayName: 'Jane' } };

class Server implements SessionApi {
  answers: Session | undefined = open;
  problem: LogInProblem | undefined;
  asked = 0;

  async session(): Promise<Session> {
    this.asked++;
    return this.#answer();
  }

  async logIn(): Promise<Session | LogInProblem> {
    if (this.problem) return this.problem;
    this.answers = jane;
    return jane;
  }

  async logOut(): Promise<void> {
    this.#answer();
    this.answers = out;
  }

  #answer(): Session {
    if (!this.answers) throw new Error('no connection');
    return this.answers;
  }
}

let server: Server;
let shelf: MemoryShelf;
let identity: Identity;

beforeEach(() => {
  server = new Server();
  shelf = new MemoryShelf();
  identity = new Identity(server, shelf);
});

async function loggedIn(): Promise<void> {
  server.answers = out;
  await identity.ask();
  await identity.logIn('jane', 'secret');
}

test('knows nothing before it has asked', async () => {
  expect([identity.session, identity.owner]).toEqual([undefined, undefined]);
  await identity.ask();
  expect([identity.hasAccounts, identity.owner]).toEqual([false, '']);
});

test('lets nobody in where people have accounts, until they log in', async () => {
  server.answers = out;
  await identity.ask();
  expect([identity.hasAccounts, identity.owner, identity.expired]).toEqual([true, undefined, undefined]);
  expect(await identity.logIn('jane', 'secret')).toBeUndefined();
  expect([identity.owner, identity.user?.displayName]).toEqual(['jane', 'Jane']);
});

test('says why somebody was not let in', async () => {
  server.problem = { kind: 'too-many-attempts', seconds: 30 };
  expect(await identity.logIn('jane', 'wrong')).toEqual(server.problem);
  expect(identity.user).toBeUndefined();
});

test('notices that the session is over, and remembers whose it was', async () => {
  await loggedIn();
  server.answers = out;
  await identity.ask();
  expect([identity.user, identity.expired?.name]).toEqual([undefined, 'jane']);
  await identity.logIn('jane', 'secret');
  expect(identity.expired).toBeUndefined();
});

test('does not call it over when the server does not answer', async () => {
  await loggedIn();
  server.answers = undefined;
  await identity.ask();
  expect(identity.owner).toBe('jane');
});

test('does not complain to somebody who logs out', async () => {
  await loggedIn();
  const leaving = identity.logOut();
  await identity.ask();
  await leaving;
  expect([identity.user, identity.expired]).toEqual([undefined, undefined]);
});

test('stays logged in when the server did not hear of the log-out', async () => {
  await loggedIn();
  server.answers = undefined;
  await expect(identity.logOut()).rejects.toThrow();
  expect(identity.owner).toBe('jane');
});

test('knows without the server who was here last', async () => {
  await loggedIn();
  server.answers = undefined;
  expect(new Identity(server, shelf).owner).toBe('jane');
});

test('takes a server for open that has never said otherwise', async () => {
  server.answers = undefined;
  await identity.ask();
  expect(identity.session?.access).toBe('open');
  server.answers = out;
  await identity.ask();
  expect(identity.hasAccounts).toBe(true);
});

test('asks once at a time and tells only of what changed', async () => {
  let changes = 0;
  identity.watch(() => changes++);
  await Promise.all([identity.ask(), identity.ask()]);
  await identity.ask();
  expect([server.asked, changes]).toEqual([2, 1]);
});

test('hears from another tab who is in', async () => {
  await loggedIn();
  const other = new Identity(server, shelf);
  server.answers = out;
  await other.ask();
  identity.reload();
  expect(identity.user).toBeUndefined();
});

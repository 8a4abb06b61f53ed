const others = (count: number) => (count === 1 ? '1 other' : `${count} others`);

function named(names: readonly string[]): string {
  const [first, second] = names;
  if (names.length <= 1) return first ?? '';
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${others(names.length - 1)}`;
}

function inTime(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** Every word on the page, in English. */
export const en = {
  app: 'Maru',
  lobby: 'Lobby',

  welcomeTitle: 'Come in',
  welcomeText: 'Choose a name that others will see. That is all.',
  nickname: 'Nickname',
  enter: 'Enter',
  nicknameBlank: 'Write a name first.',
  nicknameLong: 'A name has at most 40 characters.',
  nicknameControl: 'This name has characters that cannot be shown.',

  logInTitle: 'Log in',
  logInText: 'Whoever runs this server gives you a name and a password.',
  logInAgainTitle: 'Log in again',
  logInAgainText: 'You have been logged out. What you wrote is kept.',
  accountName: 'Name',
  password: 'Password',
  logIn: 'Log in',
  loggingIn: 'Logging in…',
  accountNameBlank: 'Write your name first.',
  passwordBlank: 'Write your password.',
  badCredentials: 'The name or the password is wrong.',
  tooManyAttempts: (seconds: number) => `Too many attempts. Try again in ${inTime(seconds)}.`,
  unreachable: 'The server cannot be reached. Check the connection and try again.',
  logInTrouble: 'Something failed in the server. Try again in a moment.',
  loggedInAs: 'Logged in as',
  logOut: 'Log out',
  notLoggedOut: 'The server did not hear of it: you are still logged in. Try again.',

  rooms: 'Rooms',
  skip: 'Skip to the message box',
  findRoom: 'Find a room',
  newRoom: 'New room',
  unread: (count: number) => `${count} unread`,
  here: (count: number) => (count === 1 ? '1 person here' : `${count} people here`),
  connecting: 'Connecting…',
  connected: 'Connected',
  notConnected: 'Not connected',
  settings: 'Settings',
  backToRooms: 'Rooms',
  chooseRoom: 'Choose a room on the left, or make a new one.',
  noRooms: 'No rooms yet. Make the first one.',

  roomName: 'Room name',
  create: 'Create',
  cancel: 'Cancel',
  close: 'Close',
  roomNameBlank: 'Write a name for the room.',
  roomNameLong: 'A room name has at most 80 characters.',
  roomNameControl: 'This name has characters that cannot be shown.',
  roomNotCreated: (why: string) => `The room was not made. ${why}`,

  people: 'People here',
  you: 'you',
  together: (count: number) => (count === 1 ? 'Only you are here' : `${count} here together`),

  messages: 'Messages',
  loading: 'Loading…',
  emptyTitle: 'Nobody has written here yet',
  emptyText: 'Write the first message below.',
  roomFailedTitle: 'This room cannot be opened',
  roomFailedText: 'It may not exist, or you may not enter it. Nothing of yours is lost.',
  nowhereTitle: 'There is nothing at this address',
  nowhereText: 'The address names no room.',
  toLobby: 'Go to the lobby',
  archived: 'Older messages are in the server’s archive.',
  historyFailed: 'These messages could not be loaded.',
  tryAgain: 'Try again',

  today: 'Today',
  yesterday: 'Yesterday',
  newSince: 'New since you were here',
  joined: (names: readonly string[]) => `${named(names)} joined`,
  left: (names: readonly string[]) => `${named(names)} left`,
  newMessages: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
  toNewest: 'To the newest',
  typing: (names: readonly string[]) => (names.length > 2
    ? 'Several people are writing'
    : `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} writing`),

  message: 'Message',
  writeIn: (room: string) => `Write in ${room}`,
  send: 'Send',
  sending: 'Sending…',
  notSent: 'Not sent',
  retry: 'Retry',
  delete: 'Delete',
  tooLong: 'This text is too long to send.',
  outboxFull: 'Too many messages are waiting to be sent. They go out when the connection is back.',
  reconnecting: 'Reconnecting… what you write is kept',

  keys: 'Keys',
  showKeys: 'Show the keys',
  keySend: 'Send',
  keyBreak: 'New line',
  keyJump: 'Go to a room',
  keyRegions: 'Next part of the page',
  keyMessages: 'From message to message',
  keyHelp: 'These keys',
  language: 'Language',
  changeName: 'Change name',
  save: 'Save',
  noMatch: 'No room has this name.',

  refusals: {
    4002: 'It is too large.',
    4003: 'It is too large.',
    4004: 'It is too large.',
    4018: 'You may not write here.',
    4019: 'The server cannot take it right now.',
    4021: 'Another message was sent under the same number.',
    4100: 'The server could not read it.',
    4102: 'There is no such room.',
    4103: 'The text is too long.',
    4104: 'The text is empty.',
    4105: 'The server does not accept this name.',
    4107: 'The server does not accept this room name.',
    4109: 'There is no such room.',
    4110: 'This room exists already.',
    4111: 'There are too many rooms.',
    4112: 'Too many new rooms in a short time.',
  } as Readonly<Record<number, string>>,
};

export type Words = typeof en;

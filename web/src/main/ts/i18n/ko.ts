import type { Words } from './en';

function named(names: readonly string[]): string {
  const [first, second] = names;
  if (names.length <= 1) return `${first ?? ''} 님이`;
  return names.length === 2 ? `${first} 님과 ${second} 님이` : `${first} 님 외 ${names.length - 1}명이`;
}

function inTime(seconds: number): string {
  return seconds < 60 ? `${seconds}초` : `${Math.ceil(seconds / 60)}분`;
}

/** Every word on the page, in Korean. */
export const ko: Words = {
  app: '마루',
  lobby: '대청마루',

  welcomeTitle: '어서 오세요',
  welcomeText: '다른 사람에게 보일 이름 하나면 됩니다.',
  nickname: '별명',
  enter: '들어가기',
  nicknameBlank: '이름을 먼저 적어 주세요.',
  nicknameLong: '이름은 40자까지 쓸 수 있어요.',
  nicknameControl: '이름에 보이지 않는 글자가 있어요.',

  logInTitle: '로그인',
  logInText: '이름과 비밀번호는 서버를 운영하는 분에게 받으세요.',
  logInAgainTitle: '다시 로그인해 주세요',
  logInAgainText: '로그아웃되었어요. 쓰던 글은 그대로 있어요.',
  accountName: '이름',
  password: '비밀번호',
  logIn: '로그인',
  loggingIn: '로그인하는 중…',
  accountNameBlank: '이름을 먼저 적어 주세요.',
  passwordBlank: '비밀번호를 적어 주세요.',
  badCredentials: '이름이나 비밀번호가 맞지 않아요.',
  tooManyAttempts: seconds => `너무 여러 번 시도했어요. ${inTime(seconds)} 뒤에 다시 해 주세요.`,
  unreachable: '서버에 닿지 않아요. 연결을 확인하고 다시 해 주세요.',
  logInTrouble: '서버에 문제가 생겼어요. 잠시 뒤에 다시 해 주세요.',
  loggedInAs: '로그인한 사람',
  logOut: '로그아웃',
  notLoggedOut: '서버에 닿지 않아 아직 로그인되어 있어요. 다시 해 주세요.',

  rooms: '방',
  skip: '메시지 입력으로 건너뛰기',
  findRoom: '방 찾기',
  newRoom: '새 방',
  unread: count => `안 읽은 메시지 ${count}개`,
  here: count => `${count}명 있음`,
  connecting: '연결하는 중…',
  connected: '연결됨',
  notConnected: '연결 안 됨',
  settings: '설정',
  backToRooms: '방 목록',
  chooseRoom: '왼쪽에서 방을 고르거나 새 방을 만들어 보세요.',
  noRooms: '아직 방이 없어요. 첫 방을 만들어 보세요.',

  roomName: '방 이름',
  create: '만들기',
  cancel: '취소',
  close: '닫기',
  roomNameBlank: '방 이름을 적어 주세요.',
  roomNameLong: '방 이름은 80자까지 쓸 수 있어요.',
  roomNameControl: '방 이름에 보이지 않는 글자가 있어요.',
  roomNotCreated: why => `방을 만들지 못했어요. ${why}`,

  people: '함께 있는 사람',
  you: '나',
  together: count => (count === 1 ? '혼자 있어요' : `${count}명이 함께 있어요`),

  messages: '메시지',
  loading: '불러오는 중…',
  emptyTitle: '아직 아무도 쓰지 않았어요',
  emptyText: '아래에 첫 메시지를 남겨 보세요.',
  roomFailedTitle: '이 방은 열 수 없어요',
  roomFailedText: '없는 방이거나 들어갈 수 없는 방이에요. 쓰던 글은 그대로 있어요.',
  nowhereTitle: '이 주소에는 아무것도 없어요',
  nowhereText: '주소가 가리키는 방이 없어요.',
  toLobby: '대청마루로 가기',
  historyFailed: '메시지를 불러오지 못했어요.',
  tryAgain: '다시 시도',

  today: '오늘',
  yesterday: '어제',
  newSince: '여기서부터 새 메시지',
  joined: names => `${named(names)} 들어왔어요`,
  left: names => `${named(names)} 나갔어요`,
  newMessages: count => `새 메시지 ${count}개`,
  toNewest: '맨 아래로',
  typing: names => (names.length > 2 ? '여러 명이 쓰고 있어요' : `${named(names)} 쓰고 있어요`),

  message: '메시지',
  writeIn: room => `${room}에 쓰기`,
  send: '보내기',
  sending: '보내는 중…',
  notSent: '보내지 못했어요',
  retry: '다시 보내기',
  delete: '지우기',
  tooLong: '글이 너무 길어서 보낼 수 없어요.',
  outboxFull: '보낼 메시지가 너무 많이 밀려 있어요. 연결되면 차례로 나갑니다.',
  reconnecting: '다시 연결하는 중… 쓰는 글은 그대로 남아요',

  keys: '단축키',
  showKeys: '단축키 보기',
  keySend: '보내기',
  keyBreak: '줄 바꿈',
  keyJump: '방으로 가기',
  keyRegions: '화면의 다음 부분',
  keyMessages: '메시지 사이 이동',
  keyHelp: '단축키 보기',
  language: '언어',
  changeName: '이름 바꾸기',
  save: '저장',
  noMatch: '이런 이름의 방이 없어요.',

  refusals: {
    4002: '너무 커요.',
    4003: '너무 커요.',
    4004: '너무 커요.',
    4018: '여기에는 쓸 수 없어요.',
    4019: '서버가 지금은 받을 수 없어요.',
    4021: '같은 번호로 다른 메시지가 이미 갔어요.',
    4100: '서버가 읽지 못했어요.',
    4102: '없는 방이에요.',
    4103: '글이 너무 길어요.',
    4104: '빈 글이에요.',
    4105: '서버가 이 이름을 받지 않아요.',
    4107: '서버가 이 방 이름을 받지 않아요.',
    4109: '없는 방이에요.',
    4110: '이미 있는 방이에요.',
    4111: '방이 너무 많아요.',
    4112: '짧은 시간에 새 방을 너무 많이 만들었어요.',
  },
};

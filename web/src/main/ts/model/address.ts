import { isRoomId } from './names';

/** What the address bar names. */
export type Place =
  | { readonly screen: 'rooms' }
  | { readonly screen: 'room'; readonly roomId: string }
  | { readonly screen: 'nowhere' };

export function placeOf(path: string): Place {
  if (path === '/' || path === '/index.html') return { screen: 'rooms' };
  const match = /^\/rooms\/([^/]+)\/?$/.exec(path);
  const roomId = match?.[1] ?? '';
  return isRoomId(roomId) ? { screen: 'room', roomId } : { screen: 'nowhere' };
}

export function pathOf(place: Place): string {
  return place.screen === 'room' ? `/rooms/${place.roomId}` : '/';
}

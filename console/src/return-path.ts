const doors = new Set(['/sign-in', '/first-run']);

/** Where the door leads back to; only to a page of this console, whatever an address asks for. */
export function returnPath(from: string | null, origin: string): string {
  const url = from?.startsWith('/') === true ? URL.parse(from, origin) : null;
  if (url === null || url.origin !== origin || url.pathname.startsWith('//') || doors.has(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The door, with the way back. */
export const doorFor = (path: string): string => (path === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ from: path }).toString()}`);

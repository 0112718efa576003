/**
 * Who may speak to the loopback host: whoever opened the address with the one-time token, and from then on holds the cookie.
 * Other users of the machine and other pages of the browser have neither.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export interface Session {
  /** Opens the desk once: the query of the first address. */
  readonly token: string;
  /** The Set-Cookie value for the right token, the first time; null ever after and for any other text. */
  redeem(token: string | null): string | null;
  holds(cookieHeader: string | undefined): boolean;
}

/** @param cookieName differs per port, because cookies do not: two hosts on one machine would overwrite each other's. */
export function createSession(cookieName: string): Session {
  const token = randomBytes(32).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  let redeemed = false;
  return {
    token,
    redeem(given) {
      if (redeemed || given === null || !same(given, token)) return null;
      redeemed = true;
      return `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    },
    holds(cookieHeader) {
      const cookies = (cookieHeader ?? '').split(';').map((cookie) => cookie.trim());
      const ours = cookies.filter((cookie) => cookie.startsWith(`${cookieName}=`));
      return ours.some((cookie) => same(cookie.slice(cookieName.length + 1), secret));
    },
  };
}

function same(given: string, wanted: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(wanted);
  return left.length === right.length && timingSafeEqual(left, right);
}

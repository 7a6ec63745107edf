import { assertionError, OdooError } from '../python-errors.ts';
import type { ServerState } from '../orm/environment.ts';

const FAILURES_BEFORE_COOLDOWN = 5;
const COOLDOWN_MS = 60_000;

/** Who may come in: passwords, keys, and on 14 the cool-down after five failed logins from one address. */
export class Authentication {
  readonly #state: ServerState;
  readonly #database: string;
  readonly #failures = new Map<string, { count: number; last: number }>();

  constructor(state: ServerState, database: string) {
    this.#state = state;
    this.#database = database;
  }

  /** @throws OdooError psycopg2.OperationalError for another database */
  checkDatabase(name: unknown): void {
    if (name !== this.#database) throw new OdooError('psycopg2.OperationalError', `FATAL:  database "${String(name)}" does not exist\n`);
  }

  /** `common.authenticate`: the uid, or false; on 18 and later an empty password is an assertion. */
  login(login: unknown, password: unknown, address: string): number | false {
    if (this.#state.version >= 18 && (password === '' || password === false || password === null)) throw assertionError('');
    const failures = this.#failures.get(address);
    const now = this.#state.now().getTime();
    if (this.#state.version === 14 && failures && failures.count >= FAILURES_BEFORE_COOLDOWN) {
      // It looks exactly like a wrong password, for every user, with the right password too.
      if (now - failures.last < COOLDOWN_MS) return false;
      this.#failures.delete(address);
    }
    const [uid] = this.#state.database.table('res.users').withKey('login', String(login), (row) => row['login'] as string);
    if (uid !== undefined && this.isRightPassword(uid, password)) {
      this.#failures.delete(address);
      return uid;
    }
    const seen = this.#failures.get(address);
    this.#failures.set(address, { count: (seen?.count ?? 0) + 1, last: now });
    return false;
  }

  /** Password or API key of an active user. */
  isRightPassword(uid: unknown, password: unknown): boolean {
    const secret = typeof uid === 'number' ? this.#state.secrets.get(uid) : undefined;
    if (!secret || this.#state.database.table('res.users').get(uid as number)?.['active'] !== true) return false;
    if (typeof password !== 'string' || password === '') return false;
    return password === secret.password || (password === secret.apiKey && this.#isLive(secret.apiKey));
  }

  /** The user of a bearer key. */
  userOfKey(key: string): number | null {
    for (const [uid, secret] of this.#state.secrets) {
      if (secret.apiKey === key && key !== '' && this.#isLive(key) && this.#state.database.table('res.users').get(uid)?.['active'] === true) return uid;
    }
    return null;
  }

  #isLive(key: string): boolean {
    return !this.#state.revokedKeys.has(key);
  }
}

/** What a command may see of the process it runs in; tests give their own. */
export interface CliIo {
  /** Data. One write per document or line; never progress. */
  readonly out: (text: string) => void;
  /** Everything else: logs, progress, questions, errors. */
  readonly err: (text: string) => void;
  /** Somebody watches stderr: progress may overwrite its own line. */
  readonly isTerminal: boolean;
  /** Somebody can answer. */
  readonly canAsk: boolean;
  /** Asks on stderr, reads one line from stdin. Only when `canAsk`. */
  readonly ask: (question: string) => Promise<string>;
  /** Width of the terminal in characters. */
  readonly width: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back at SIGINT and SIGTERM until the returned function is called; the newest listener has them alone. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** Builds the web console; see build-console.mjs. */
export function buildConsole(params: Readonly<{ ifNeeded: boolean }>): Promise<boolean>;

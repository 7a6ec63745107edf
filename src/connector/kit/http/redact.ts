/** What stands in the place of a secret in every message, log line and URL. */
export const redacted = '[hidden]';

const secretQueryNames = /^(api[_-]?key|key|token|access[_-]?token|secret|password|pass|pwd|signature|sig|auth)$/iu;
const secretHeaderNames = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-auth-token)$/iu;

/**
 * Makes a function that hides the given secrets wherever they occur in a text, also URL-encoded and base64-encoded.
 * Secrets shorter than four characters are not hidden by value: they would blacken ordinary words.
 */
export function makeRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(Buffer.from(secret, 'utf8').toString('base64'));
    forms.add(JSON.stringify(secret).slice(1, -1));
  }
  const longestFirst = [...forms].sort((left, right) => right.length - left.length);
  return (text) => {
    let result = text;
    for (const form of longestFirst) result = result.replaceAll(form, redacted);
    return redactUrlsIn(result);
  };
}

/** Hides user:password@ and secret-looking query parameters of one URL. Text that is no URL comes back as it is. */
export function redactUrl(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return url;
  }
  if (parsed.username !== '' || parsed.password !== '') {
    parsed.username = '';
    parsed.password = '';
  }
  for (const name of new Set(parsed.searchParams.keys())) {
    if (secretQueryNames.test(name)) parsed.searchParams.set(name, redacted);
  }
  return parsed.href;
}

/** Headers as they may be logged: the values of authorisation and cookie headers are hidden. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretHeaderNames.test(name) ? redacted : value]));
}

function redactUrlsIn(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s"'<>]+/giu, (url) => {
    if (!/[@?]/u.test(url)) return url;
    return redactUrl(url);
  });
}

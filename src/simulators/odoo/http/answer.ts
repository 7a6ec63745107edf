/** What a door answers. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** How many records were read: what a slow server's time depends on. */
  readonly records?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function html(status: number, title: string, text: string, headers?: Readonly<Record<string, string>>): Answer {
  const body = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`;
  return { status, type: 'text/html; charset=utf-8', body, ...(headers ? { headers } : {}) };
}

export const json = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Answer => ({
  status, type: 'application/json; charset=utf-8', body: JSON.stringify(value), ...(headers ? { headers } : {}),
});

export const notFound = (): Answer => html(404, 'Not Found', 'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.');

/**
 * A request body that is written as it is read: for files, whose bytes never stand in memory as a whole. The length is known
 * beforehand (servers such as Odoo's take no chunked bodies) and is kept: a source that gives more or less is an error.
 */
export interface StreamedBody {
  readonly bytes: number;
  /** Called once per request that is made. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** How far a body got; what a broken connection means depends on it. */
export interface BodyProgress {
  /** Every byte was handed over: the other side may have acted. */
  complete: boolean;
  sentBytes: number;
  /** What the body's own source threw. It decides: the other side never got a whole request. */
  sourceError: unknown;
}

export function newProgress(): BodyProgress {
  return { complete: false, sentBytes: 0, sourceError: null };
}

/** The body's chunks, with `progress` kept up to date. @throws what the source throws, or Error when the length is not as stated. */
export async function* followedBody(body: StreamedBody, progress: BodyProgress): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body.open()) {
      progress.sentBytes += chunk.byteLength;
      if (progress.sentBytes > body.bytes) throw new Error(`the body is longer than the ${body.bytes} bytes that were stated`);
      // The last chunk completes the request as soon as it is taken, so it must be known as complete before.
      if (progress.sentBytes === body.bytes) progress.complete = true;
      yield chunk;
    }
    if (progress.sentBytes !== body.bytes) throw new Error(`the body ended after ${progress.sentBytes} of ${body.bytes} bytes`);
  } catch (error) {
    progress.sourceError = error;
    throw error;
  }
}

/** A rate limit shared by every worker of a connection. */
export interface Budget {
  /**
   * Waits until `cost` calls of the limit may go out.
   * @param limit name of the limit as the connector states it ('calls'); limits never stated do not wait.
   */
  acquire(limit: string, cost?: number): Promise<void>;
  /** The platform said 429, or that few calls are left: everybody waits until `untilMs` from now has passed. */
  penalise(limit: string, waitMs: number): Promise<void>;
  /** What the platform's own answers say of the limit: it is followed from then on, by every worker. Windows start anew when they reset. */
  observe?(limit: string, window: { readonly limit: number; readonly remaining: number; readonly resetsInMs: number }): Promise<void>;
}

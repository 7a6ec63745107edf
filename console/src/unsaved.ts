import { useEffect, useId } from 'react';

interface Unsaved { readonly settle: (() => Promise<void>) | null }

/** What is typed and not saved anywhere on the page, by who typed it in. */
const unsaved = new Map<string, Unsaved>();

export const anyUnsaved = (): boolean => unsaved.size > 0;

/** What is typed belongs to somebody else: nobody is asked about it. */
export const forgetUnsaved = (): void => unsaved.clear();

/** Lets save itself what can. */
export const settleUnsaved = async (): Promise<void> => { await Promise.all([...unsaved.values()].map(({ settle }) => (settle === null ? Promise.resolve() : settle()))); };

/**
 * Says that something is typed and not saved: whoever leaves the page is asked first.
 * @param settle saves it without asking, where that is how it is saved; comes back when it is, or cannot be
 */
export function useUnsaved(dirty: boolean, settle: (() => Promise<void>) | null = null): void {
  const id = useId();
  useEffect(() => {
    if (!dirty) return undefined;
    unsaved.set(id, { settle });
    return () => { unsaved.delete(id); };
  }, [id, dirty, settle]);
}

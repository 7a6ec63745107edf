import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Who listens to the page is told at most once in so many milliseconds: figures that follow a run would talk without end. */
const everyMs = 15_000;

/** Says what has changed to who cannot see it, and leaves out what changed in between. @param text null = nothing new to say: what waits at a gate for a moment must not begin anew */
export function RunNews({ text }: Readonly<{ text: string | null }>): ReactNode {
  const [said, setSaid] = useState('');
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (text === null || text === said) return undefined;
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(text);
    }, Math.max(0, saidAt.current + everyMs - performance.now()));
    return () => clearTimeout(timer);
  }, [text, said]);
  return <VisuallyHidden role="status" className="run-news">{said}</VisuallyHidden>;
}

import { Text } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode, type Ref } from 'react';

interface NumberedTextProps {
  readonly label: string;
  readonly value: string;
  readonly readOnly: boolean;
  /** Lines with a mistake. */
  readonly marked: ReadonlySet<number>;
  readonly onType: (text: string) => void;
  readonly areaRef: Ref<HTMLTextAreaElement>;
}

/** Height of a line and space above the first, in pixels; as in console.css. */
const lineHeight = 20;
const paddingTop = 8;

/** A text with its line numbers beside it. Lines are not wrapped, so that each is as high as its number. */
export function NumberedText({ label, value, readOnly, marked, onType, areaRef }: NumberedTextProps): ReactNode {
  const id = useId();
  const gutter = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const follow = (): void => { if (gutter.current !== null && area.current !== null) gutter.current.scrollTop = area.current.scrollTop; };
  useEffect(follow);
  const lines = value.split('\n').length;
  return (
    <div>
      <Text component="label" size="sm" fw={500} htmlFor={id}>{label}</Text>
      <div className="numbered">
        <div className="numbered-gutter" ref={gutter} aria-hidden>
          <pre>{Array.from({ length: lines }, (_, index) => index + 1).join('\n')}</pre>
          {[...marked].filter((line) => line <= lines).map((line) => <i key={line} style={{ top: paddingTop + (line - 1) * lineHeight }}>{line}</i>)}
        </div>
        <textarea id={id} ref={(element) => { area.current = element; if (typeof areaRef === 'function') areaRef(element); else if (areaRef !== null) areaRef.current = element; }}
          rows={28} wrap="off" spellCheck={false} readOnly={readOnly} value={value} onScroll={follow} onChange={(event) => onType(event.currentTarget.value)} />
      </div>
    </div>
  );
}

/** Selects a line and brings it into view: a browser shows what is selected only where somebody types. */
export function showLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollLeft = 0;
  area.scrollTop = paddingTop + (line - 0.5) * lineHeight - area.clientHeight / 2;
  area.scrollIntoView({ block: 'center' });
}

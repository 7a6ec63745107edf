/** Lines that stand in one text in place of lines of another. `at` = number of the first, from 1; of none, where they would stand. */
export interface Difference {
  readonly left: LineRange;
  readonly right: LineRange;
}
interface LineRange { readonly at: number; readonly lines: readonly string[] }

/** Edits that are looked for one by one; texts further apart differ as a whole. 1,000 are some 8 MB while they are compared. */
const mostEdits = 1_000;

/** What differs between two texts, line by line, in their order (the shortest way there, after Myers 1986). */
export function differences(left: string, right: string): readonly Difference[] {
  const [a, b] = [left.split('\n'), right.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const found: Difference[] = [];
  let [x, y] = [head, head];
  const until = (nextX: number, nextY: number): void => {
    if (nextX > x || nextY > y) found.push({ left: { at: x + 1, lines: a.slice(x, nextX) }, right: { at: y + 1, lines: b.slice(y, nextY) } });
    [x, y] = [nextX + 1, nextY + 1];
  };
  for (const [matchX, matchY] of equalLines(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) until(head + matchX, head + matchY);
  until(a.length - tail, b.length - tail);
  return found;
}

/** Pairs of lines that are the same in both, in order. */
function equalLines(a: readonly string[], b: readonly string[]): readonly (readonly [x: number, y: number])[] {
  const most = Math.min(a.length + b.length, mostEdits);
  const reached = new Int32Array(2 * most + 3); // by diagonal: how far along `a`
  const at = (diagonal: number): number => diagonal + most + 1;
  const before = (furthest: Int32Array, diagonal: number, edits: number): number => (diagonal === -edits || (diagonal !== edits && (furthest[at(diagonal - 1)] ?? 0) < (furthest[at(diagonal + 1)] ?? 0)) ? diagonal + 1 : diagonal - 1);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reached.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const from = before(reached, diagonal, edits);
      let x = (reached[at(from)] ?? 0) + (from < diagonal ? 1 : 0);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached[at(diagonal)] = x;
      if (x >= a.length && x - diagonal >= b.length) return wayBack(trace, { before, at, x: a.length, y: b.length });
    }
  }
  return [];
}

interface WayBack { readonly before: (furthest: Int32Array, diagonal: number, edits: number) => number; readonly at: (diagonal: number) => number; readonly x: number; readonly y: number }

function wayBack(trace: readonly Int32Array[], { before, at, ...end }: WayBack): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let { x, y } = end;
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const furthest = trace[edits] ?? new Int32Array();
    const from = before(furthest, x - y, edits);
    const fromX = furthest[at(from)] ?? 0;
    const fromY = fromX - from;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return pairs.toReversed().filter(([pairX, pairY]) => pairX >= 0 && pairY >= 0);
}

/** A difference between the newest version and mine, and who made it of the version that mine began with. */
export interface Clash extends Difference { readonly by: 'them' | 'me' | 'both' }

/** What differs between the newest version (left) and mine (right). */
export function clashes({ begun, newest, mine }: Readonly<{ begun: string; newest: string; mine: string }>): readonly Clash[] {
  const theirs = differences(begun, newest).map(({ right }) => right);
  const own = differences(begun, mine).map(({ right }) => right);
  return differences(newest, mine).map((difference) => {
    const [they, I] = [theirs.some((range) => touch(range, difference.left)), own.some((range) => touch(range, difference.right))];
    return { ...difference, by: they && I ? 'both' : they ? 'them' : 'me' };
  });
}

/** Whether two ranges share a line; one without lines is a point between two. */
function touch(one: LineRange, other: LineRange): boolean {
  const [oneEnd, otherEnd] = [one.at + one.lines.length, other.at + other.lines.length];
  return one.lines.length === 0 || other.lines.length === 0 ? one.at <= otherEnd && other.at <= oneEnd : one.at < otherEnd && other.at < oneEnd;
}

/** How long a page may take until its heading is there. Milliseconds. */
const patienceMs = 5_000;

/**
 * Moves the focus to the heading of the page that was opened, so that a screen reader says where one is and Tab goes on
 * from there. A heading may come with the page's data; who has put the focus into the page meanwhile keeps it.
 * @returns a function that gives up
 */
export function focusPage(): () => void {
  const content = document.getElementById('content');
  if (content === null) return () => undefined; // the door: its forms have no frame around them
  const elsewhere = (): boolean => document.activeElement !== content && content.contains(document.activeElement);
  const focusHeading = (): boolean => {
    if (elsewhere()) return true;
    const heading = content.querySelector('h1');
    if (heading === null) return false;
    heading.tabIndex = -1; // can be given the focus, and is no stop of Tab
    heading.focus();
    return true;
  };
  if (focusHeading()) return () => undefined;
  content.focus();
  const observer = new MutationObserver(() => { if (focusHeading()) stop(); });
  const timer = setTimeout(() => stop(), patienceMs);
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
  };
  observer.observe(content, { childList: true, subtree: true });
  return stop;
}

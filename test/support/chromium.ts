import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The Chromium of this machine: CHROMIUM_PATH, else the first that is found; null = there is none. */
const chromiumPath: string | null = process.env['CHROMIUM_PATH'] ?? ['chromium', 'chromium-browser', 'google-chrome'].map((name) => {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : null;
}).find((path) => path !== null && existsSync(path)) ?? null;

/** Why browser tests are skipped; null = they run. Part of their names, so that a report tells. */
export const skipReason: string | null = chromiumPath === null ? 'skipped: no Chromium on this machine (CHROMIUM_PATH, or apt-get install chromium)' : null;

export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error(skipReason ?? '');
  // The sandbox of Chromium does not start as root, as which tests run in containers; only our own pages are opened.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}

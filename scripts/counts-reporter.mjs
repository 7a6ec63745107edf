/**
 * Vitest reporter that counts everything a run did and writes it to the file named by PORTOLAN_COUNTS_FILE.
 * A file that cannot be loaded, a failing hook of a suite and an error outside every test count as one failure each:
 * a run that broke must not look like a run with fewer tests.
 */
import { writeFileSync } from 'node:fs';

export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'failed') failedHere += 1;
        else if (state === 'passed') counts.passed += 1;
        else counts.skipped += 1; // skipped, to do, or never reached
      }
      const broken = module.errors().length + [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0);
      counts.failed += failedHere + broken;
      if (module.state() === 'failed' && failedHere + broken === 0) counts.failed += 1;
    }
    const file = process.env.PORTOLAN_COUNTS_FILE;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}

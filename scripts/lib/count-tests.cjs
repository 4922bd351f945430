'use strict';

const fs = require('node:fs');

/** A reporter of jest: writes what each project came to, `{[project]: {passed, failed, skipped, seconds}}`, to the file that TEST_COUNTS names. */
module.exports = class {
  projects = {};

  onTestResult({ context }, result) {
    const { name } = context.config.displayName;
    const counts = (this.projects[name] ??= { passed: 0, failed: 0, skipped: 0, seconds: 0 });
    counts.passed += result.numPassingTests;
    // A file that could not run at all has no tests to count, and is a failure all the same.
    counts.failed += result.numFailingTests + (result.testExecError ? 1 : 0);
    counts.skipped += result.numPendingTests + result.numTodoTests;
    counts.seconds += result.perfStats.runtime / 1000;
  }

  onRunComplete() {
    fs.writeFileSync(process.env.TEST_COUNTS, JSON.stringify(this.projects));
  }
};

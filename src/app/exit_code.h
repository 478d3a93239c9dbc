#pragma once

namespace tessera::app {

// What the process tells its caller; scripts may rely on it. `tessera --help` says the same.
enum ExitCode {
  exit_ok = 0,
  // What was asked for could not be done: one sentence on stderr says why. Of `check`: something failed.
  exit_failure = 1,
  exit_usage = 2  // what was asked for makes no sense: stderr says what is expected
};

}  // namespace tessera::app

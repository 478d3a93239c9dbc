#pragma once

namespace tessera::app {

// What the process tells its caller; scripts may rely on it. `tessera --help` says the same.
enum ExitCode {
  exit_ok = 0,
  exit_failure = 1,  // what was asked for could not be done: one sentence on stderr says why
  exit_usage = 2     // what was asked for makes no sense: stderr says what is expected
};

}  // namespace tessera::app

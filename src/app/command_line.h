#pragma once

namespace tessera::app {

// Understands the arguments and does what they ask: answers on stdout, errors on stderr. Returns an ExitCode;
// throws nothing.
int run_command_line(int argc, char** argv);

}  // namespace tessera::app

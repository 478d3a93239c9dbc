#include "app/allocator.h"
#include "app/command_line.h"

int main(int argc, char** argv) {
  tessera::app::keep_freed_memory();
  return tessera::app::run_command_line(argc, argv);
}

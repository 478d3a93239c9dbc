#pragma once

namespace tessera::app {

// For the calling thread and those that it starts from now on: the window's frames go before what they
// compute, so that it stays smooth while every core is at work. Does nothing where the system has no such
// order among the threads of a program.
void yield_to_the_interface();

}  // namespace tessera::app

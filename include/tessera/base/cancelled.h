#pragma once

namespace tessera {

// Thrown where a long computation was asked to stop. No error: whoever asked knows.
struct Cancelled {};

}  // namespace tessera

#pragma once

#include <exception>
#include <string>

namespace tessera::model {

// The first line of what an exception says, without LibTorch's backtrace: a clause for an Error. Of an Error,
// what happened. "for a reason that is not known" where it says nothing.
std::string clause_of(const std::exception& exception);

}  // namespace tessera::model

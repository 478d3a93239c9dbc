#pragma once

#include <stdexcept>
#include <string>

namespace tessera {

// Bad input or a failed operation, told to a person: what happened, where, and what to do about it.
// Thrown inside a module; the engine turns it into a failed answer and the command line into a line on stderr, so
// `what()` is always fit to be shown as it is.
class Error : public std::runtime_error {
 public:
  // `happened`: a clause without a full stop ("the file is not a TorchScript archive").
  // `where`: a path, a layer, an option; may be empty.  `remedy`: a sentence without a full stop; may be empty.
  explicit Error(std::string happened, std::string where = {}, std::string remedy = {});

  const std::string& happened() const { return happened_; }
  const std::string& where() const { return where_; }
  const std::string& remedy() const { return remedy_; }

 private:
  std::string happened_;
  std::string where_;
  std::string remedy_;
};

// What is said wherever something did not fit into memory.
Error not_enough_memory();

}  // namespace tessera

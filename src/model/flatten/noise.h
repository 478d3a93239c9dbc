#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/flatten/emitter.h"

namespace tessera::model {

// What is known about a tensor of random numbers: each is scale · d + shift, with d drawn by the law.
struct Noise {
  enum class Law {
    bernoulli,  // d is 1 with probability p, else 0
    uniform,    // d from 0 to 1
    centred,    // d has mean 0 (normal)
    unknown
  };
  Law law = Law::unknown;
  double p = 0;
  double scale = 1;
  double shift = 0;

  std::optional<double> mean() const;
};

// Random numbers that a program draws although its answer is wanted: noise of training that was traced along,
// or a network that samples. So that every run gives the same numbers,
// - noise that a value is multiplied with, that is added to it, or that chooses places of it (where,
// masked_fill) becomes its mean.
//   For dropout, drop path and added noise that is what evaluation mode does: the mean of mask / (1 - p) is
//   1;
// - all other random numbers stay one draw with a fixed seed.
// A note says which.
class NoiseLedger {
 public:
  bool draws() const { return draws_; }

  // Runs an operation that draws random numbers, or one on such numbers and constants; their result is a
  // constant. Where an operation joins noise and what depends on the input, replaces the noise among `inputs`
  // by its mean, and gives the result where there is nothing left to do. Nothing for all other operations.
  std::optional<std::vector<Traced>> run(const jit::Node& node, std::vector<Traced>& inputs, Emitter& emitter,
                                         std::set<std::string>& notes);

 private:
  const Noise* find(const Traced& traced) const;
  bool is_in(const Traced& traced) const;  // it, or an element of it
  void set(const at::Tensor& tensor, const Noise& noise);
  std::vector<Traced> draw(const jit::Node& node, std::vector<Traced>& inputs, Emitter& emitter);
  std::vector<Traced> work_on_noise(const jit::Node& node, std::vector<Traced>& inputs, Emitter& emitter);
  std::optional<std::vector<Traced>> join(const jit::Node& node, std::vector<Traced>& inputs,
                                          Emitter& emitter, std::set<std::string>& notes);

  struct Known {
    at::Tensor tensor;  // kept alive, so that its address stays its own
    Noise noise;
  };
  std::unordered_map<const at::TensorImpl*, Known> known_;
  bool draws_ = false;
};

// Random numbers of a device come from a fixed seed for as long as it lives; afterwards they go on as if
// nothing had been drawn.
class FixedSeed {
 public:
  explicit FixedSeed(c10::Device device);
  ~FixedSeed();
  FixedSeed(const FixedSeed&) = delete;
  FixedSeed& operator=(const FixedSeed&) = delete;

 private:
  at::Generator generator_;
  at::Tensor state_;
};

}  // namespace tessera::model

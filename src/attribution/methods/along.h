#pragma once

#include <functional>
#include <string>

#include "tessera/attribution/control.h"
#include "tessera/attribution/method.h"

namespace tessera::attribution {

// Fraction along a path of the k-th of n midpoints.
inline float midpoint(int k, int n) { return (float(k) + 0.5f) / float(n); }

// A whole number of steps that a path can have. Throws Error.
void check_steps(int steps);

Cube difference(const Cube& cube, const Cube& baseline);

// The cube a fraction of the way from one to another.
Cube between(const Cube& start, const Cube& end, float fraction);

// The points of a straight path from `baseline` to `cube`: n midpoints.
std::vector<Cube> midpoints(const Cube& cube, const Cube& baseline, int n);

// The gradients of an objective at a layer, averaged over n points that `point` makes one by one; no more of
// them are held than fit the memory budget. `control` is told fractions of this alone.
LayerGradient mean_gradient(Sweeps& sweeps, const Image& picture, const std::string& layer,
                            const Objective& objective, const GradientRules& rules, int n,
                            const std::function<Cube(int k)>& point, const Control& control,
                            MethodNote& note);

// The same along a straight path's midpoints.
LayerGradient path_gradient(Sweeps& sweeps, const Image& picture, const std::string& layer,
                            const Objective& objective, const GradientRules& rules, Baseline baseline, int n,
                            const Control& control, MethodNote& note);

// What is varied along a path: the cube less the baseline, and where derivatives are taken. No steps: at the
// picture.
void set_path(Sweeps& sweeps, const Image& picture, Source& source, Baseline baseline, int steps);

// Progress of a part of the work, from `begin` to `end` of the whole.
Control part_of(const Control& control, float begin, float end);

// Adds another sweep's note: the engine that came last in line, and its remarks, each once.
void merge(MethodNote& note, const MethodNote& other);

}  // namespace tessera::attribution

#include "session/grid_answers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "session/grid_sketch.h"
#include "tessera/factorization/factorize.h"

namespace tessera::session {
namespace {

constexpr float grid_load_share = 0.1f;

// Unfinished grids that are kept: some ten megabytes each.
constexpr std::size_t most_grids_shelved = 2;

std::vector<float> magnitudes_of(const Cube& cells) {
  std::vector<float> magnitudes(cells.positions());
  for (std::size_t i = 0; i < magnitudes.size(); ++i) {
    double squares = 0;
    for (int c = 0; c < cells.channels; ++c) {
      const double value = cells.values[i * std::size_t(cells.channels) + std::size_t(c)];
      squares += value * value;
    }
    magnitudes[i] = float(std::sqrt(squares));
  }
  return magnitudes;
}

// How much of each group is at each cell.
Cube group_maps(const Cube& cells, int groups, const engine::Job& job) {
  factorization::Request request;
  request.k = groups;
  request.clip_negative = true;  // of signed layers: where a group is, and that is all it is used for
  request.restarts = 0;
  factorization::Watch watch;
  watch.stop = job.stop_token();
  const factorization::Factorization found = factorization::factorize(cells, request, watch);
  Cube maps(cells.height, cells.width, found.atoms());
  maps.values = found.maps.values;
  return maps;
}

std::shared_ptr<const GridPicture> picture_of(const GridPicture& so_far,
                                              const featurevis::ActivationGrid& grid) {
  GridPicture made = so_far;
  Image picture(made.columns * made.cell, made.rows * made.cell);
  for (int row = 0; row < made.rows; ++row)
    for (int column = 0; column < made.columns; ++column) {
      const Image cell = grid.cell(row, column);
      for (int y = 0; y < made.cell; ++y)
        std::copy_n(cell.pixel(0, y), std::size_t(made.cell) * 3,
                    picture.pixel(column * made.cell, row * made.cell + y));
    }
  made.picture = std::make_shared<const Image>(std::move(picture));
  made.steps = grid.steps();
  made.settled = grid.finished();
  return std::make_shared<const GridPicture>(std::move(made));
}

bool is_shown(int steps) { return steps >= 2 && (steps & (steps - 1)) == 0; }

}  // namespace

void GridAnswers::serve(engine::Engine& engine) {
  engine.answer_together<RenderGrid>(
      [this](const std::vector<engine::Member<RenderGrid>>& members) { render(members.front()); });
}

void GridAnswers::render(const engine::Member<RenderGrid>& member) {
  const RenderGrid& query = member.query();
  engine::Job& job = member.job();
  // Works hold on to their models.
  shelf_.remove_if([&](const Work& work) { return work.model != query.model.key(); });
  const auto shelved =
      std::find_if(shelf_.begin(), shelf_.end(), [&](const Work& work) { return work.key == query.key(); });
  Work work;
  if (shelved != shelf_.end()) {
    work = std::move(*shelved);
    shelf_.erase(shelved);
  } else {
    const std::shared_ptr<const Image> picture = images_.open(query.image);
    work = begin(query, job, models_.open(query.model, picture.get(), job, grid_load_share));
  }
  while (!work.grid->finished()) {
    if (job.cancelled() || job.should_give_way()) {
      const bool cancelled = job.cancelled();
      shelve(std::move(work));
      if (cancelled) throw engine::Cancelled{};
      return member.put_back();
    }
    work.grid->advance(1, job.stop_token());
    const int steps = work.grid->steps();
    if (is_shown(steps) && !work.grid->finished()) job.preview(picture_of(work.so_far, *work.grid));
    job.progress(
        grid_load_share + (1 - grid_load_share) * float(steps) / float(std::max(1, query.recipe.steps)),
        "step " + std::to_string(steps));
  }
  member.finish(picture_of(work.so_far, *work.grid));
}

GridAnswers::Work GridAnswers::begin(const RenderGrid& query, engine::Job& job,
                                     std::shared_ptr<model::Model> network) {
  featurevis::check(query.recipe);
  job.throw_if_cancelled();
  const std::shared_ptr<const Image> picture = images_.open(query.image);
  const std::array layers{query.layer};
  const std::shared_ptr<const Cube> cube = network->capture(*picture, layers).cubes.at(query.layer);
  const int window = grid_window(cube->height, cube->width);
  const Cube cells = window > 1 ? featurevis::pooled(*cube, window) : *cube;
  GridPicture so_far;
  so_far.rows = cells.height;
  so_far.columns = cells.width;
  so_far.window = window;
  so_far.cell = query.recipe.cell;
  so_far.magnitudes = magnitudes_of(cells);
  so_far.settled = false;
  GridPicture coarse = so_far;
  coarse.coarse = true;
  coarse.picture = std::make_shared<const Image>(
      sketch_grid(cells, files_.sheet(intact(query.model), query.layer), query.recipe.cell));
  job.preview(std::make_shared<const GridPicture>(std::move(coarse)));
  job.throw_if_cancelled();
  const Cube maps = group_maps(cells, query.groups, job);
  auto grid = std::make_unique<featurevis::ActivationGrid>(*network, query.layer, cells, maps, query.recipe);
  return {query.key(), query.model.key(), std::move(network), std::move(so_far), std::move(grid)};
}

void GridAnswers::shelve(Work work) {
  shelf_.push_front(std::move(work));
  if (shelf_.size() > most_grids_shelved) shelf_.pop_back();
}

}  // namespace tessera::session

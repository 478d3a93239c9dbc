#include "factorization/kernels/kernels.h"

#include <algorithm>
#include <cmath>

#include "factorization/aligned.h"
#include "factorization/panels.h"
#include "factorization/planted.h"
#include "support/catch.h"

namespace tessera::test::kernels_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

Factor factor_of(const Matrix& matrix) {
  Factor factor(matrix.rows, matrix.columns);
  for (int r = 0; r < matrix.rows; ++r) std::copy_n(matrix.row(r).begin(), matrix.columns, factor.row(r));
  return factor;
}

}  // namespace

TEST_CASE("products of every kernel set are those of plain sums, for any number of rows and columns",
          "[factorization]") {
  const std::vector<kernels::Set> sets = kernels::available();
  CHECK(std::string(sets.back().name) == "plain");
  for (const kernels::Set& set : sets)
    for (const int rows : {1, 2, 5, 6, 7, 9, 13, 32})
      for (const int columns : {1, 31, 32, 33, 100}) {
        INFO(set.name << ", " << rows << " x " << columns);
        const Matrix left = test::random_matrix(rows, 17, 1, -1),
                     right = test::random_matrix(17, columns, 2, -1);
        const Factor packed = factor_of(left);
        const Panels panels = panels_of(right, 2);
        Factor out(rows, columns);
        set.product(packed.values.data(), packed.stride, rows, 17, panels.values.data(), columns,
                    out.values.data(), out.stride);
        const Matrix expected = test::product(left, right);
        double worst = 0, padding = 0;
        for (int r = 0; r < rows; ++r) {
          for (int c = 0; c < columns; ++c)
            worst = std::max(worst, std::abs(double(out.row(r)[c]) - 2 * expected.at(r, c)));
          for (int c = columns; c < out.stride; ++c)
            padding = std::max(padding, std::abs(double(out.row(r)[c])));
        }
        CHECK(worst < 1e-5);
        CHECK(padding == 0);
      }
}

TEST_CASE("panels of a transposed matrix are the panels of the transpose", "[factorization]") {
  const Matrix matrix = test::random_matrix(37, 70, 3);
  Matrix transpose(70, 37);
  for (int r = 0; r < 37; ++r)
    for (int c = 0; c < 70; ++c) transpose.at(c, r) = matrix.at(r, c);
  const Panels one = panels_of_transposed(matrix, 1), other = panels_of(transpose, 1);
  CHECK(std::equal(one.values.data(), one.values.data() + 70 * kernels::padded(37), other.values.data()));
}

TEST_CASE("gram matrices of every kernel set are those of plain sums", "[factorization]") {
  const Matrix rows = test::random_matrix(7, 75, 4, -1);
  for (const kernels::Set& set : kernels::available()) {
    const Factor factor = factor_of(rows);
    std::vector<float> gram(49);
    set.gram(factor.values.data(), 7, factor.stride, gram.data());
    double worst = 0;
    for (int a = 0; a < 7; ++a)
      for (int b = 0; b < 7; ++b) {
        double sum = 0;
        for (int i = 0; i < 75; ++i) sum += double(rows.at(a, i)) * rows.at(b, i);
        worst = std::max(worst, std::abs(sum - gram[std::size_t(a * 7 + b)]));
      }
    CHECK(worst < 1e-5);
  }
}

TEST_CASE("a sweep of every kernel set is coordinate descent in order of the rows", "[factorization]") {
  constexpr int k = 5, length = 45, sweeps = 3;
  const Matrix other = test::random_matrix(k, 30, 5), target = test::random_matrix(30, length, 6, -1);
  const Matrix start = test::random_matrix(k, length, 7);
  const Matrix right = test::product(other, target);

  // The same in double precision, by the definition.
  double gram[k][k] = {}, violation = 0;
  for (int a = 0; a < k; ++a)
    for (int b = 0; b < k; ++b)
      for (int i = 0; i < 30; ++i) gram[a][b] += double(other.at(a, i)) * other.at(b, i);
  std::vector<double> x(start.values.begin(), start.values.end());
  for (int sweep = 0; sweep < sweeps; ++sweep)
    for (int t = 0; t < k; ++t)
      for (int i = 0; i < length; ++i) {
        double gradient = -right.at(t, i);
        for (int r = 0; r < k; ++r) gradient += gram[t][r] * x[std::size_t(r * length + i)];
        double& value = x[std::size_t(t * length + i)];
        if (sweep == 0) violation += std::abs(value > 0 ? gradient : std::min(gradient, 0.0));
        value = std::max(0.0, value - gradient / gram[t][t]);
      }

  for (const kernels::Set& set : kernels::available()) {
    INFO(set.name);
    Factor factor = factor_of(start);
    const Factor products = factor_of(right);
    std::vector<float> single(&gram[0][0], &gram[0][0] + k * k);
    const double met =
        set.sweep(factor.values.data(), k, factor.stride, single.data(), products.values.data(), sweeps);
    double worst = 0;
    for (int t = 0; t < k; ++t)
      for (int i = 0; i < length; ++i)
        worst = std::max(worst, std::abs(factor.row(t)[i] - x[std::size_t(t * length + i)]));
    CHECK(worst < 1e-4);
    CHECK(met == Approx(violation).epsilon(1e-4));
  }
}

TEST_CASE("a sweep leaves rows alone whose partner is zero", "[factorization]") {
  for (const kernels::Set& set : kernels::available()) {
    Factor factor(1, 3);
    factor.row(0)[1] = 2;
    const float gram = 0;
    const Factor products(1, 3);
    CHECK(set.sweep(factor.values.data(), 1, factor.stride, &gram, products.values.data(), 1) == 0);
    CHECK(factor.row(0)[1] == 2);
  }
}

}  // namespace tessera::test::kernels_test

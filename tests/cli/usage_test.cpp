// What the command line says about itself and about what it does not understand.
#include <regex>

#include "cli/tessera.h"
#include "factorization/kernels/kernels.h"
#include "support/catch.h"
#include "support/paths.h"

namespace tessera::test::usage_test {

TEST_CASE("every command explains itself", "[cli]") {
  using Words = std::vector<std::string>;
  const Words command = GENERATE(Words{}, Words{"inspect"}, Words{"activations"}, Words{"check"},
                                 Words{"figure"}, Words{"match"}, Words{"open"});
  std::string usage = "Usage: tessera";
  for (const std::string& word : command) usage += ' ' + word;
  CAPTURE(usage);
  for (const std::string flag : {"--help", "-h"}) {
    Words words = command;
    words.push_back(flag);
    const Finished run = tessera(words);
    CHECK(run.exit_code == 0);
    CHECK(run.err.empty());
    CHECK(run.out.find(usage) != std::string::npos);
    for (const std::string option : {"--model", "--preprocess", "--device", "--verbose", "Exit codes"})
      CHECK(run.out.find(option) != std::string::npos);
  }
}

TEST_CASE("the overall help names the commands, and the help of figures the figures", "[cli]") {
  const std::string help = tessera({"--help"}).out;
  for (const std::string command : {"inspect", "activations", "check", "figure"})
    CHECK(help.find("\n  " + command) != std::string::npos);
  CHECK(tessera({"figure", "--help"}).out.find("overview, ") != std::string::npos);
}

TEST_CASE("the version tells the commit, LibTorch and what is used of the processor", "[cli]") {
  const Finished run = tessera({"--version"});
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
  CAPTURE(run.out);
  const std::regex expected(R"(tessera \d+\.\d+\.\d+ \(commit (unknown|[0-9a-f]+, (clean|with changes))\)\n)"
                            R"(LibTorch \d+\.\d+.*\n)"
                            R"(Processor: (AVX-512|AVX2|plain) kernels \(.*built: .*plain\)\n)");
  CHECK(std::regex_match(run.out, expected));
  const std::string best = factorization::kernels::best().name;
  CHECK(run.out.find("Processor: " + best + " kernels") != std::string::npos);
}

TEST_CASE("wrong usage ends with 2 and says what is wrong", "[cli]") {
  const std::string image = bundled_image("chelsea.png");
  CHECK(failed_with(tessera({"inspect"}), 2, "IMAGE is required"));
  CHECK(failed_with(tessera({"inspect", image, "another.png"}), 2, "another.png"));
  CHECK(failed_with(tessera({"inspect", image, "--colour"}), 2, "--colour"));
  CHECK(failed_with(tessera({"inspect", image, "--model"}), 2, "--model"));
  CHECK(failed_with(tessera({"inspect", image, "--device", "abacus"}), 2, "abacus"));
  CHECK(failed_with(tessera({"inspect", image, "--preprocess", "size=cat"}), 2, "--preprocess"));
  CHECK(failed_with(tessera({image, "inspect", image}), 2, "before the command inspect"));
  CHECK(failed_with(tessera({"--theme", "dark", "inspect", image}), 2, "before the command inspect"));
  CHECK(failed_with(tessera({image, "another.png"}), 2, "another.png"));
  CHECK(failed_with(tessera({"check", "--model", "a.pt", "b.pt", image}), 2, "exclude each other"));
  CHECK(failed_with(tessera({"figure"}), 2, "NAME is missing"));
  CHECK(failed_with(tessera({"figure", "portrait", image}), 2, "there is no figure 'portrait'"));
  CHECK(failed_with(tessera({"figure", "overview", image}), 2, "-o is missing"));
  CHECK(failed_with(tessera({"open"}), 2, "FIGURE is required"));
  CHECK(failed_with(tessera({"activations", image, "-o", "out.npy"}), 2, "--layer is required"));
  CHECK(failed_with(tessera({"activations", image, "--layer", "stem"}), 2, "--output is required"));
}

}  // namespace tessera::test::usage_test

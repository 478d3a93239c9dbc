// tools/export_torchscript.py, run by a Python that has PyTorch where there is one.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cli/python.h"
#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace tessera::test::exporter_script_test {
namespace {

constexpr const char* networks = R"(
import torch
from torch import nn

class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.conv = nn.Conv2d(3, 6, 3, 2, 1)
        self.head = nn.Linear(6, 4)

    def forward(self, x):
        return self.head(torch.relu(self.conv(x)).mean((2, 3)))

class Chatty(Plain):
    def forward(self, x):
        print("forward")
        return self.head(torch.relu(self.conv(x)).mean((2, 3)))
)";

struct Exporting {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "net.pt";
  const std::filesystem::path python = python_with("torch");

  Exporting() { std::ofstream(folder.path() / "nets.py") << networks; }

  Finished run(const std::string& name, const std::string& program, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{(source_folder() / "tools/export_torchscript.py").string(),
                                       "--module",
                                       (folder.path() / "nets.py").string() + ":" + name,
                                       "--preprocess",
                                       "unit,24x20,order=bgr,crop=0.8",
                                       "--tessera",
                                       program,
                                       "-o",
                                       file.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program(python, arguments);
  }

  // A program that answers as Tessera does to a file that it does not take.
  std::string refusing() {
    const std::filesystem::path program = folder.path() / "refusing";
    std::ofstream(program) << "#!/bin/sh\necho 'tessera: net.pt: it is too blue. Paint it red' >&2\nexit 1\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    return program.string();
  }
};

}  // namespace

TEST_CASE("the exporter opens what it exported with the program", "[cli]") {
  Exporting exporting;
  const Finished run = exporting.run("Plain", TESSERA_EXECUTABLE);
  CAPTURE(run.out, run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("scripted, 4 classes") != std::string::npos);
  CHECK(run.out.find("Tessera opens it") != std::string::npos);
  CHECK(std::filesystem::exists(exporting.file));
}

TEST_CASE("a network that the program refuses scripted is traced", "[cli]") {
  Exporting exporting;
  const Finished run = exporting.run("Chatty", TESSERA_EXECUTABLE);
  CAPTURE(run.out, run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("Tessera refuses it scripted, so it is traced: net.pt") != std::string::npos);
  CHECK(run.out.find("traced, 4 classes") != std::string::npos);
  CHECK(tessera({"inspect", data("tiny/chelsea_64.png"), "--model", exporting.file}).exit_code == 0);
  CHECK(exporting.run("Chatty", TESSERA_EXECUTABLE, {"--method", "script"}).exit_code == 1);
}

TEST_CASE("a network that the program never takes is not written, and its sentence is told", "[cli]") {
  Exporting exporting;
  const Finished run = exporting.run("Plain", exporting.refusing());
  CAPTURE(run.out, run.err);
  CHECK(run.exit_code == 1);
  CHECK(run.err.find("nothing was written: net.pt: it is too blue. Paint it red") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(exporting.file));
}

TEST_CASE("the exporter says where it did not try its file, and what is no program", "[cli]") {
  Exporting exporting;
  const Finished run = exporting.run("Plain", "none");
  CAPTURE(run.out, run.err);
  CHECK(run.exit_code == 0);
  CHECK(run.out.find("not tried with Tessera") != std::string::npos);
  const Finished nowhere = exporting.run("Plain", (exporting.folder.path() / "nowhere").string());
  CHECK(nowhere.exit_code == 1);
  CHECK(nowhere.err.find("there is no program") != std::string::npos);
}

}  // namespace tessera::test::exporter_script_test

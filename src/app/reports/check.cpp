#include "app/reports/check.h"

#include <cmath>
#include <cstdio>
#include <optional>

#include "app/table.h"
#include "tessera/check/summary.h"

namespace tessera::app {
namespace {

std::string share_text(const std::optional<double>& share) {
  if (!share) return {};
  if (std::isnan(*share)) return "not a number";
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", *share);
  return text;
}

// What a person looks for in a column of "passed".
std::string result_text(check::Outcome outcome) {
  return outcome == check::Outcome::failed ? "FAILED" : to_text(outcome);
}

std::string check_heading(const CheckFindings& findings) {
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f s", findings.report->seconds);
  const std::string& picture = findings.report->picture;
  return findings.card->name + " (" + findings.model.string() + "), " +
         (picture.empty() ? "on pictures made for it" : "on " + picture) + ", " + seconds + "\n";
}

std::string rows_text(const check::Report& report) {
  Table table({Align::left, Align::left, Align::left, Align::right, Align::right});
  table.add({"check", "layer", "result", "measured", "limit"});
  for (const check::Row& row : check::summary(report)) {
    const check::Line& line = *row.worst;
    table.add({title(line.kind), layers_text(row), result_text(line.outcome), share_text(line.measured),
               share_text(line.limit)});
  }
  return table.text();
}

// What did not simply pass: failures first, a paragraph for each outcome.
std::string remarks_text(const check::Report& report) {
  using check::Outcome;
  std::string text;
  for (const Outcome outcome : {Outcome::failed, Outcome::handled, Outcome::skipped, Outcome::note}) {
    std::string paragraph;
    for (const check::Line& line : report.lines)
      if (line.outcome == outcome)
        paragraph += result_text(outcome) + ", " + to_text(line.kind) +
                     (line.layer.empty() ? "" : " at " + line.layer) + ": " + line.sentence + "\n";
    if (!paragraph.empty()) text += "\n" + paragraph;
  }
  return text;
}

std::string passed_text(const check::Report& report) {
  const check::Count found = check::count(report);
  return std::to_string(found.passed) + " of " + std::to_string(found.checked) + " checks passed\n";
}

}  // namespace

std::string to_text(const CheckFindings& findings) {
  const check::Report& report = *findings.report;
  const std::string hint =
      failed(report) ? "\ndocs/check.md says what each line means, and what to do where it fails.\n" : "";
  return check_heading(findings) + "\n" + rows_text(report) + remarks_text(report) + hint + "\n" +
         passed_text(report);
}

}  // namespace tessera::app

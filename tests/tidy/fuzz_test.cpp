// Everything that reads bytes by others has a fuzz target, with seeds to begin from.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace assent::tidy {
namespace {

struct Decoder {
  std::string_view header, function, target;
};

const std::vector<Decoder> kDecoders = {
    {"core/formats/json.h", "parse_json", "json"},
    {"core/formats/toml.h", "parse_toml", "toml"},
    {"core/ledger/note.h", "open_note", "open_note"},
    {"core/ledger/note.h", "parse_verifier_key", "verifier_key"},
    {"core/ledger/receipt.h", "parse_tlog_proof", "tlog_proof"},
    {"core/policy/policy.h", "parse_rendition", "rendition"},
    {"core/presentation/document.h", "parse_document", "document"},
    {"core/wire/gate.h", "parse_check_request", "gate"},
    {"core/wire/gate.h", "parse_check_reply", "gate"},
    {"core/wire/gate.h", "parse_answer_request", "gate"},
    {"core/wire/gate.h", "parse_answer_reply", "gate"},
    {"core/wire/gate.h", "parse_opened_request", "gate"},
    {"core/wire/gate.h", "parse_statement", "gate"},
    {"core/wire/gate.h", "parse_opened_statement", "gate"},
    {"core/wire/banner.h", "parse_banner_reply", "gate"},
    {"core/wire/problem.h", "parse_problem", "gate"},
    {"core/wire/device.h", "parse_enrol_request", "device"},
    {"core/wire/device.h", "parse_session_request", "device"},
    {"core/wire/agent_message.h", "parse_agent_request", "agent_message"},
    {"core/wire/agent_message.h", "parse_agent_reply", "agent_message"},
    {"winlogon-shim/domain/sheet.h", "sheet_of", "sheet"},
    {"winlogon-shim/logon_buffer/logon_buffer.h", "parse_logon_buffer", "logon_buffer"},
    {"service/domain/credential.h", "parse_voucher", "voucher"},
    {"service/domain/credential.h", "parse_passphrase", "voucher"},
    {"service/domain/radius.h", "parse_station", "radius"},
    {"service/radius/rest_json.h", "parse_radius_request", "radius"},
    {"service/gateway/fas_query.h", "read_fas", "fas_query"},
    {"service/app/csv_roster.h", "CsvRoster", "csv_roster"},
    {"service/http/request_reader.h", "read_named", "form"},
    {"service/web/texts.h", "texts_for", "accepted_languages"},
    {"service/directory/dn.h", "normal_dn", "directory_values"},
    {"service/directory/values.h", "parse_generalized_time", "directory_values"},
    {"service/directory/values.h", "parse_filetime", "directory_values"},
    {"service/directory/values.h", "parse_ranged", "directory_values"},
    {"service/directory/values.h", "guid_text", "directory_values"},
};

bool holds(const SourceFile& file, std::string_view text) {
  return std::ranges::any_of(file.lines,
                             [&](const std::string& line) { return line.find(text) != line.npos; });
}

bool has_seeds(const std::string& folder) {
  return std::ranges::any_of(
      all_files(), [&](const SourceFile& file) { return file.path.starts_with(folder + "/"); });
}

TEST(Fuzz, EveryDecoderHasATargetWithSeeds) {
  for (const auto& [header, function, target] : kDecoders) {
    const std::string name{target};
    EXPECT_TRUE(holds(file_at(header), function)) << header << " has no " << function;
    EXPECT_TRUE(holds(file_at("tests/fuzz/" + name + ".cpp"), function))
        << name << ": " << function;
    EXPECT_TRUE(holds(file_at("cmake/Fuzz.cmake"), name + ":")) << name << " is not built";
    EXPECT_TRUE(has_seeds("tests/fuzz/seeds/" + name)) << name << " has no seeds";
  }
}

TEST(Fuzz, NoDecoderOfTheWireIsForgotten) {
  for (const SourceFile* file : code_files({"core/wire/"})) {
    for (std::size_t i = 0; file->path.ends_with(".h") && i < file->lines.size(); ++i) {
      const std::size_t at = file->lines[i].find("> parse_");
      if (at == std::string::npos) continue;
      const std::string name = file->lines[i].substr(at + 2, file->lines[i].find('(') - at - 2);
      const auto targets = code_files({"tests/fuzz/"});
      EXPECT_TRUE(std::ranges::any_of(targets, [&](auto* target) { return holds(*target, name); }))
          << place(*file, i) << name << " is not fuzzed";
    }
  }
}

}  // namespace
}  // namespace assent::tidy

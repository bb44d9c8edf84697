#include "platform/table/xlsx_workbook.h"

#include <algorithm>
#include <map>
#include <vector>

#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/table/xml_reader.h"

namespace jinhuan::table {
namespace {

constexpr char kContentTypes[] = "[Content_Types].xml";
constexpr char kPackageRelations[] = "_rels/.rels";
constexpr std::string_view kWorkbookType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
constexpr size_t kMaxItems = 10'000;  // sheets, or relations of one part

struct Relation {
  std::string type;    // the last word of its URI: "worksheet"
  std::string target;  // a path in the archive
};

// `target` seen from the folder of `source`, as a path in the archive.
std::string Resolve(std::string_view source, std::string_view target) {
  std::string path;  // with a slash after each folder
  if (!target.starts_with('/')) path = source.substr(0, source.rfind('/') + 1);
  while (!target.empty()) {
    const size_t end = std::min(target.find('/'), target.size());
    const std::string_view step = target.substr(0, end);
    target.remove_prefix(std::min(end + 1, target.size()));
    if (step == "..") {
      if (!path.empty()) path.pop_back();
      path.resize(path.rfind('/') + 1);
    } else if (!step.empty() && step != ".") {
      path.append(step).append(target.empty() ? "" : "/");
    }
  }
  return path;
}

std::string RelationsOf(std::string_view part) {
  const size_t name = part.rfind('/') + 1;  // 0 when there is no folder
  return std::string(part.substr(0, name)) + "_rels/" + std::string(part.substr(name)) + ".rels";
}

// A part of which only the elements and their attributes matter.
class Outline : public XmlHandler {
 public:
  absl::Status End(std::string_view) override { return absl::OkStatus(); }
  absl::Status Text(std::string_view) override { return absl::OkStatus(); }
};

class ContentTypes : public Outline {
 public:
  absl::Status Start(std::string_view, const XmlAttributes& attributes) override {
    workbook_ = workbook_ || attributes.Get("ContentType") == kWorkbookType;
    return absl::OkStatus();
  }
  bool has_workbook() const { return workbook_; }

 private:
  bool workbook_ = false;
};

class Relations : public Outline {
 public:
  explicit Relations(std::string_view source) : source_(source) {}

  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes.Get("TargetMode") == "External") {
      return absl::OkStatus();
    }
    if (by_id_.size() >= kMaxItems) return Damaged(source_);
    const std::string_view type = attributes.Get("Type");
    by_id_.emplace(attributes.Get("Id"),
                   Relation{.type = std::string(type.substr(type.rfind('/') + 1)),
                            .target = Resolve(source_, attributes.Get("Target"))});
    return absl::OkStatus();
  }

  const Relation* Find(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
  }
  // The target of the first relation of a type; "" when there is none.
  std::string TargetOf(std::string_view type) const {
    for (const auto& [id, relation] : by_id_) {
      if (relation.type == type) return relation.target;
    }
    return "";
  }

 private:
  const std::string source_;
  std::map<std::string, Relation, std::less<>> by_id_;
};

class Sheets : public Outline {
 public:
  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const std::string_view value = attributes.Get("date1904");
      from_1904_ = value == "1" || value == "true";
    }
    const std::string_view state = attributes.Get("state");
    if (name == "sheet" && (state.empty() || state == "visible") && visible_.size() < kMaxItems) {
      visible_.emplace_back(attributes.Get("id"));
    }
    return absl::OkStatus();
  }
  const std::vector<std::string>& visible() const { return visible_; }
  bool from_1904() const { return from_1904_; }

 private:
  std::vector<std::string> visible_;  // the ids of their relations
  bool from_1904_ = false;
};

}  // namespace

absl::StatusOr<Workbook> ReadWorkbook(ZipArchive& archive) {
  if (!archive.Has(kContentTypes)) return Error(error::v1::TABLE_REASON_NOT_A_TABLE);
  ContentTypes types;
  JH_RETURN_IF_ERROR(ReadXml(archive, kContentTypes, types));
  if (!types.has_workbook()) return Error(error::v1::TABLE_REASON_NOT_A_TABLE);
  Relations package("");
  JH_RETURN_IF_ERROR(ReadXml(archive, kPackageRelations, package));
  const std::string part = package.TargetOf("officeDocument");
  Sheets sheets;
  JH_RETURN_IF_ERROR(ReadXml(archive, part, sheets));
  Relations relations(part);
  JH_RETURN_IF_ERROR(ReadXml(archive, RelationsOf(part), relations));
  for (const std::string& id : sheets.visible()) {
    const Relation* relation = relations.Find(id);
    if (relation == nullptr || relation->type != "worksheet") continue;
    return Workbook{.sheet = relation->target,
                    .strings = relations.TargetOf("sharedStrings"),
                    .styles = relations.TargetOf("styles"),
                    .from_1904 = sheets.from_1904()};
  }
  return Error(error::v1::TABLE_REASON_SHEET_MISSING);
}

}  // namespace jinhuan::table

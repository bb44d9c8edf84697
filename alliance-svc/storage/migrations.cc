#include "alliance-svc/storage/migrations.h"

namespace jinhuan::alliance {

const char kMigrations[] = JINHUAN_MIGRATIONS;

}  // namespace jinhuan::alliance

#include "resource-svc/storage/migrations.h"

namespace jinhuan::resource {

const char kMigrations[] = JINHUAN_MIGRATIONS;

}  // namespace jinhuan::resource

#include "platform/db/platform_migrations.h"

namespace jinhuan::db {

const char kPlatformMigrations[] = JINHUAN_MIGRATIONS;

}  // namespace jinhuan::db

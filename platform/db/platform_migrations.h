#pragma once

namespace jinhuan::db {

// The folder of the tables that every service has (journal, remembered answers), for
// db::Migrate.
extern const char kPlatformMigrations[];

}  // namespace jinhuan::db

#pragma once

namespace jinhuan::meeting {

// The folder of this service's migrations, for db::Migrate.
extern const char kMigrations[];

}  // namespace jinhuan::meeting

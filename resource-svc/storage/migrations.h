#pragma once

namespace jinhuan::resource {

// The folder of this service's migrations, for db::Migrate.
extern const char kMigrations[];

}  // namespace jinhuan::resource

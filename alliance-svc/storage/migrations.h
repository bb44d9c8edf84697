#pragma once

namespace jinhuan::alliance {

// The folder of this service's migrations, for db::Migrate.
extern const char kMigrations[];

}  // namespace jinhuan::alliance

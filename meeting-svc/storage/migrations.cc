#include "meeting-svc/storage/migrations.h"

namespace jinhuan::meeting {

const char kMigrations[] = JINHUAN_MIGRATIONS;

}  // namespace jinhuan::meeting

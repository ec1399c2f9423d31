#pragma once
// The tables, and how a file comes to have them. A file says in user_version which schema it has;
// a program never writes to one that it does not know.

#include "service/store/database.h"

namespace assent::store {

inline constexpr int kSchemaVersion = 7;

// Invalid unless the file is empty, of this version or of an older one: it may be a newer Assent's,
// or somebody else's. Writes nothing.
Status check_schema(Database& database);
// Makes the tables of an empty file, or what an older one lacks, in one transaction. For the
// writer, after check_schema().
Status ensure_schema(Database& database);
Result<std::int64_t> schema_version(Database& database);

}  // namespace assent::store

#pragma once

#include <string>

#include "platform/rpc/caller_token.h"

namespace jinhuan::rpc {

// Signs the calls that this process makes in its own name, with the key of the flag
// --caller_key_file. Ends the process with a log line when it can't be read: a main has
// nothing to do without it.
CallerTokenSigner SignerFromFlag();

// 32 bytes that only who has the key of --caller_key_file knows, others for each purpose.
// Ends the process like SignerFromFlag.
std::string SecretFromFlag(const std::string& purpose);

}  // namespace jinhuan::rpc

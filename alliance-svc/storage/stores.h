#pragma once

#include "alliance-svc/domain/password_policy.h"
#include "alliance-svc/storage/alliance_store.h"
#include "alliance-svc/storage/calendar_link_store.h"
#include "alliance-svc/storage/charter_store.h"
#include "alliance-svc/storage/credential_store.h"
#include "alliance-svc/storage/journal_erasure_store.h"
#include "alliance-svc/storage/member_directory.h"
#include "alliance-svc/storage/member_store.h"
#include "alliance-svc/storage/password_store.h"
#include "alliance-svc/storage/personal_data_store.h"
#include "alliance-svc/storage/rotation_record_store.h"
#include "alliance-svc/storage/service_account_store.h"
#include "alliance-svc/storage/sign_in_failure_store.h"
#include "alliance-svc/storage/sign_on_store.h"
#include "alliance-svc/storage/user_store.h"

namespace jinhuan::alliance {

// The stores of alliance-svc; what the services share.
struct Stores {
  explicit Stores(journal::Journal& journal,
                  const PasswordPolicy& policy = *PasswordPolicy::Named("mlps"))
      : alliances(journal),
        charters(journal),
        rotations(journal, alliances, charters),
        members(journal, rotations),
        users(journal, policy.max_age()),
        passwords(journal, users, policy.history()),
        personal(journal),
        journal_erasures(journal),
        service_accounts(journal),
        credentials(journal, rotations, policy.max_age()),
        calendar_links(journal),
        sign_in_failures(journal),
        sign_on(journal) {}

  const AllianceStore alliances;
  const CharterStore charters;
  const RotationRecordStore rotations;
  const MemberStore members;
  const MemberDirectory directory = {};
  const UserStore users;
  const PasswordStore passwords;
  const PersonalDataStore personal;
  const JournalErasureStore journal_erasures;
  const ServiceAccountStore service_accounts;
  const CredentialStore credentials;
  const CalendarLinkStore calendar_links;
  const SignInFailureStore sign_in_failures;
  const SignOnStore sign_on;
};

}  // namespace jinhuan::alliance

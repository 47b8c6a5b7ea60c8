-- What the pages of accounts ask for (work/directory.h): the accounts of an organisation in the order of the list, whose
-- pseudonym a leaf bears, and who holds a role.
CREATE INDEX account_party_login ON account (party, login) WHERE to_leaf IS NULL;
DROP INDEX account_party;
CREATE INDEX account_pseudonym ON account (pseudonym) WHERE to_leaf IS NULL;
CREATE INDEX role_grant_role ON role_grant (role, account) WHERE ended_leaf IS NULL;

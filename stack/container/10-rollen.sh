#!/bin/sh
# Run once by the image of PostgreSQL, when it has made its data folder: the roles and their rights,
# with the passwords from the secret files. The same SQL as `./run` uses.
set -eu
: "${SECRETS:=/run/secrets}" "${SQL:=/huis/sql}"

as_superuser() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
        --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}

as_superuser --file "$SQL/roles.sql"
as_superuser \
    --set owner="$(cat "$SECRETS/vh_owner_wachtwoord")" \
    --set application="$(cat "$SECRETS/vh_app_wachtwoord")" <<'SQL'
ALTER ROLE vh_owner PASSWORD :'owner';
ALTER ROLE vh_app PASSWORD :'application';
ALTER DATABASE :"DBNAME" OWNER TO vh_owner;
SQL
as_superuser --file "$SQL/database.sql"

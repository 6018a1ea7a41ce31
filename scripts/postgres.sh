# A throw-away PostgreSQL 15 on a socket in a system temporary folder: start_postgres, stop_postgres.
# Source this file. fsync is off: the cluster lives for one run.
PGBIN=/usr/lib/postgresql/15/bin
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
start_postgres() {
  PGHOME=$(mktemp -d /tmp/soket-pg-XXXXXX)
  PGSOCKETS=$PGHOME/s
  mkdir "$PGSOCKETS"
  [ "$(id -u)" = 0 ] && chown -R postgres "$PGHOME"
  chmod 755 "$PGHOME" "$PGSOCKETS"
  as_postgres "$PGBIN/initdb" -D "$PGHOME/d" -U soket -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as_postgres "$PGBIN/pg_ctl" -D "$PGHOME/d" -w -l "$PGHOME/log" -o "-k $PGSOCKETS -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=50 -c autovacuum=off" start >/dev/null
  "$PGBIN/createdb" -h "$PGSOCKETS" -U soket soket
}
stop_postgres() {
  as_postgres "$PGBIN/pg_ctl" -D "$PGHOME/d" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$PGHOME"
}

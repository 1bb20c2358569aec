# How each client is installed, and run against the server that PGHOST, PGPORT, PGUSER and PGDATABASE name.

# A file that shows that a package is there, then packages.
install_packages() {
    [ -e "$1" ] && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "there is no $1, and apt-get cannot be used"; return 1; }
    [ -n "${apt_updated:-}" ] || apt-get update -qq || return 1
    apt_updated=yes
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}"
}

install_npm() {
    command -v npm >/dev/null || install_packages /usr/bin/npm npm || return 1
    (cd "$here/node" && { npm ls >/dev/null 2>&1 || npm install --no-audit --no-fund --ignore-scripts; })
}

install_psql() { install_packages /usr/bin/psql postgresql-client-15; }
run_psql() { "$here/psql.sh"; }

# What BI tools send, told in our own words: one file a tool.
install_tools() { install_psql; }
run_tools() {
    for tool in "$here"/tools/*.sql; do
        echo "== $(basename "$tool" .sql)"
        psql -XAq -P 'null=<null>' <"$tool" 2>&1
    done
}

install_jdbc() { install_packages /usr/share/java/postgresql.jar libpostgresql-jdbc-java && install_packages /usr/bin/javac openjdk-17-jdk-headless; }
run_jdbc() { java -cp /usr/share/java/postgresql.jar "$here/Jdbc.java"; }

install_odbc() { install_packages /usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so odbc-postgresql unixodbc && install_packages /usr/lib/python3/dist-packages/pyodbc.pyi python3-pyodbc; }
run_odbc() { /usr/bin/python3 "$here/odbc.py"; }

install_psycopg2() { install_packages /usr/lib/python3/dist-packages/psycopg2 python3-psycopg2; }
run_psycopg2() { /usr/bin/python3 "$here/psycopg2_client.py"; }

install_psycopg3() { install_packages /usr/lib/python3/dist-packages/psycopg python3-psycopg; }
run_psycopg3() { /usr/bin/python3 "$here/psycopg3_client.py"; }

install_asyncpg() { install_packages /usr/lib/python3/dist-packages/asyncpg python3-asyncpg; }
run_asyncpg() { /usr/bin/python3 "$here/asyncpg_client.py"; }

install_sqlalchemy() { install_packages /usr/lib/python3/dist-packages/sqlalchemy python3-sqlalchemy && install_psycopg2; }
run_sqlalchemy() { /usr/bin/python3 "$here/sqlalchemy_client.py"; }

install_node() { install_npm; }
run_node() { node "$here/node/client.mjs"; }

install_orm() { install_npm; }
run_orm() { node "$here/node/orm.mjs"; }

install_pgbench() { install_packages "$binaries/pgbench" postgresql-contrib; }
run_pgbench() { "$here/pgbench.sh"; }

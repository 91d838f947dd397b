#!/usr/bin/env bash
# Alembic
#
# Read each command before you run it.
#
# Values that you may want to change:
#   message: add os name
#   Database: breakpad

# Copy the configuration
cp config/alembic.ini-dist alembic.ini


# == Revisions ==

# Create a revision
# Say what changes.
alembic revision -m 'add os name'
cat > notes <<EOF
breakpad
EOF


# == Other machines ==

# as root:
systemctl stop app
# as root:
id

# root@db1:~# systemctl restart postgresql
# ada@localhost:~$ psql breakpad
# breakpad=> SELECT 'add os name'
# breakpad-> ;

# Debian
apt install alembic

# macOS
# $ brew install alembic

# >>> for x in y:
# ...     x

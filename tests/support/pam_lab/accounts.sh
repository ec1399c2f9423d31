#!/bin/sh
# The people of the private machine, all with the password "pw". No directory is here, so they stand
# in /etc/passwd, and the module is told of a copy from before: the machine's own accounts alone.
set -eu
mkdir -p /etc/assent
cp /etc/passwd /etc/assent/passwd
echo "passwd = /etc/assent/passwd" > /etc/assent/pam.conf
hash=$(openssl passwd -6 pw)
uid=20010
for user in amira tomasz jo ewa finn gus banned; do
  uid=$((uid + 1))
  useradd -m -u $uid -s /bin/bash -p "$hash" $user
done
for user in ewa finn gus; do
  mkdir -p /home/$user/.ssh
  ssh-keygen -q -t ed25519 -N '' -f /home/$user/.ssh/id
  cp /home/$user/.ssh/id.pub /home/$user/.ssh/authorized_keys
  chown -R $user: /home/$user/.ssh
  chmod 700 /home/$user/.ssh
done

#!/bin/sh
# Holds the namespaces that a real node lives in, and what it needs from the machine: nothing outside of its own folder,
# cgroups and interfaces is touched. Root only.
#
# usage: node.sh hold FOLDER     makes the cgroups and the namespaces and stays until it is killed; writes FOLDER/node.pid
#        node.sh connect FOLDER  gives the held node a network; prints its number N (1 to 254): the machine is 198.18.N.1,
#                                the node 198.18.N.2, pods are in 198.19.N.0/24 (RFC 2544: addresses for tests, never routed)
#        node.sh clean           removes the cgroups of nodes whose owner is gone, and of FOLDER if one is given
#
# The owner of a node is the process whose id begins FOLDER's name. Processes, mounts and interfaces need no cleaning: the
# kernel ends them all with the first process of the pid namespace, and that one ends with this script.
set -eu

self=$0
mode=$1
folder=${2:-}
PATH=$PATH:/usr/sbin:/sbin

fail() {
  printf 'testcluster: %s\n' "$*" >&2
  exit 70
}

# The cgroup of the node whose folder is given, in each hierarchy: version 1 has many, version 2 one.
hierarchies() {
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    echo /sys/fs/cgroup
  else
    for hierarchy in /sys/fs/cgroup/*; do
      # unified beside version 1 has no controllers; a link is a second name
      if [ -e "$hierarchy/tasks" ] && [ ! -L "$hierarchy" ]; then echo "$hierarchy"; fi
    done
  fi
}

cgroup() { echo "monolift-node-$(basename "$1")"; }

make_cgroups() {
  for hierarchy in $(hierarchies); do
    mkdir "$hierarchy/$(cgroup "$folder")"
    # a new cpuset is empty, and nothing can be put into an empty one
    for file in cpuset.cpus cpuset.mems; do
      if [ -e "$hierarchy/tasks" ] && [ -e "$hierarchy/$file" ]; then
        cat "$hierarchy/$file" >"$hierarchy/$(cgroup "$folder")/$file"
      fi
    done
  done
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    for controller in cpu cpuset memory pids; do
      grep -qw "$controller" /sys/fs/cgroup/cgroup.subtree_control ||
        fail "a real node needs the cgroup controller $controller in /sys/fs/cgroup/cgroup.subtree_control; run: echo +$controller >/sys/fs/cgroup/cgroup.subtree_control"
    done
  fi
}

# remove_cgroup NAME: deepest first. The kernel may need a moment after the last process has gone.
remove_cgroup() {
  # the runtime also makes one in the version 2 hierarchy beside version 1
  for hierarchy in $(hierarchies) /sys/fs/cgroup/unified; do
    [ -d "$hierarchy/$1" ] || continue
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
      find "$hierarchy/$1" -depth -type d -exec rmdir {} + 2>/dev/null && break
      [ "$attempt" = 10 ] && printf 'testcluster: could not remove the cgroup %s now\n' "$hierarchy/$1" >&2
      sleep 0.2
    done
  done
}

clean() {
  if [ -n "$folder" ]; then remove_cgroup "$(cgroup "$folder")"; fi
  for hierarchy in $(hierarchies); do
    for left in "$hierarchy"/monolift-node-*; do
      [ -d "$left" ] || continue
      owner=${left##*/monolift-node-}
      kill -0 "${owner%%-*}" 2>/dev/null || remove_cgroup "${left##*/}"
    done
  done
}

hold() {
  case $(readlink -f "$folder")/ in
    /var/lib/* | /var/log/* | /run/*) fail "a real node cannot have its folder in $folder: it hides /var/lib, /var/log and /run from itself; set MONOLIFT_CACHE" ;;
  esac
  make_cgroups
  mkdir -p "$folder/lib/cni" "$folder/log"
  # tini reaps what is left without a parent
  exec unshare --mount --net --pid --uts --ipc --fork --kill-child=KILL tini -- sh "$self" inside "$folder"
}

# What the first process of the namespaces does. /proc is still the machine's: so this is our process id there.
inside() {
  read -r pid _ </proc/self/stat
  # kubelet hands mounts on to containers
  mount --make-rshared /
  mount -t proc proc /proc
  mount -t tmpfs -o mode=755 tmpfs /run
  mount --bind "$folder/lib" /var/lib
  mount --bind "$folder/log" /var/log
  ip link set lo up
  echo 1 >/proc/sys/net/ipv4/ip_forward
  echo "$pid" >"$folder/node.pid.new"
  mv "$folder/node.pid.new" "$folder/node.pid"
  exec sleep infinity
}

connect() {
  pid=$(cat "$folder/node.pid")
  exec 9>"$(dirname "$folder")/.network"
  flock 9
  number=1
  while ip link show "monolift$number" >/dev/null 2>&1 || ip -4 route show | grep -q "198\.1[89]\.$number\."; do
    number=$((number + 1))
    [ "$number" -le 254 ] || fail "there is no free network in 198.18.0.0/16 for a real node"
  done
  ip link add "monolift$number" type veth peer name eth0 netns "$pid"
  ip addr add "198.18.$number.1/30" dev "monolift$number"
  ip link set "monolift$number" up
  nsenter --target "$pid" --net ip addr add "198.18.$number.2/30" dev eth0
  nsenter --target "$pid" --net ip link set eth0 up
  ip route add "198.19.$number.0/24" via "198.18.$number.2"
  echo "$number"
}

case $mode in
  hold | inside | connect | clean) "$mode" ;;
  *) fail "usage: node.sh hold|connect FOLDER, or node.sh clean [FOLDER]" ;;
esac

#include <spawn.h>

// The child starts in this directory. glibc declares it for _GNU_SOURCE only, which Swift's Glibc
// doesn't define.
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

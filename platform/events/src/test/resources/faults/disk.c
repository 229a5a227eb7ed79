/*
 * A disk that can lose power and run full, put before libc by LD_PRELOAD.
 *
 * FAULT_FOLDER   files outside it are left alone
 * FAULT_JOURNAL  gets a line for each sync: "s <inode> <length>" for a file, "e <inode>" for each entry of a synced
 *                folder after one "d <inode of folder>", and "u <inode>" for each unlinked file
 * FAULT_FULL     while a file of this path exists, writes stop half way and then fail with ENOSPC
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void note(const char *text, size_t length) {
    static int journal = -1;
    const char *path = getenv("FAULT_JOURNAL");
    if (path == NULL) return;
    if (journal < 0) journal = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (syscall(SYS_write, journal, text, length) < 0) abort();
}

static int path_inside(const char *path) {
    const char *folder = getenv("FAULT_FOLDER");
    return folder != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int path_of(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return path_inside(path);
}

static int full(int fd) {
    char path[4096];
    const char *flag = getenv("FAULT_FULL");
    return flag != NULL && access(flag, F_OK) == 0 && path_of(fd, path, sizeof path);
}

static void note_folder(const char *path, const struct stat *folder) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "d %lu\n", (unsigned long) folder->st_ino);
    DIR *entries = opendir(path);
    for (struct dirent *e = entries ? readdir(entries) : NULL; e != NULL; e = readdir(entries))
        fprintf(out, "e %lu\n", (unsigned long) e->d_ino);
    if (entries) closedir(entries);
    fclose(out);
    note(text, length);
    free(text);
}

static int synced(int fd, int (*sync)(int)) {
    char path[4096];
    struct stat before;
    if (fstat(fd, &before) != 0 || !path_of(fd, path, sizeof path)) return sync(fd);
    if (full(fd)) { errno = ENOSPC; return -1; }
    int result = sync(fd);
    if (result != 0) return result;
    pthread_mutex_lock(&lock);
    if (S_ISDIR(before.st_mode)) {
        note_folder(path, &before);
    } else {
        char line[64];
        note(line, snprintf(line, sizeof line, "s %lu %lld\n", (unsigned long) before.st_ino, (long long) before.st_size));
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

int fsync(int fd) {
    static int (*next)(int);
    if (!next) next = real("fsync");
    return synced(fd, next);
}

int fdatasync(int fd) {
    static int (*next)(int);
    if (!next) next = real("fdatasync");
    return synced(fd, next);
}

int unlink(const char *path) {
    static int (*next)(const char *);
    if (!next) next = real("unlink");
    struct stat gone;
    int known = path_inside(path) && lstat(path, &gone) == 0;
    pthread_mutex_lock(&lock);
    int result = next(path);
    if (known && result == 0) {
        char line[64];
        note(line, snprintf(line, sizeof line, "u %lu\n", (unsigned long) gone.st_ino));
    }
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    static ssize_t (*next)(int, const void *, size_t);
    if (!next) next = real("write");
    if (!full(fd)) return next(fd, bytes, count);
    if (count > 16) return next(fd, bytes, count / 2);
    errno = ENOSPC;
    return -1;
}

static ssize_t positioned(int fd, const void *bytes, size_t count, off_t at, ssize_t (*next)(int, const void *, size_t, off_t)) {
    if (!full(fd)) return next(fd, bytes, count, at);
    errno = ENOSPC;
    return -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    static ssize_t (*next)(int, const void *, size_t, off_t);
    if (!next) next = real("pwrite");
    return positioned(fd, bytes, count, at, next);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
    static ssize_t (*next)(int, const void *, size_t, off_t);
    if (!next) next = real("pwrite64");
    return positioned(fd, bytes, count, at, next);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    static ssize_t (*next)(int, const struct iovec *, int);
    if (!next) next = real("writev");
    if (!full(fd)) return next(fd, parts, count);
    errno = ENOSPC;
    return -1;
}

int fallocate(int fd, int mode, off_t from, off_t length) {
    static int (*next)(int, int, off_t, off_t);
    if (!next) next = real("fallocate");
    if (!full(fd)) return next(fd, mode, from, length);
    errno = ENOSPC;
    return -1;
}

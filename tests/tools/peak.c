/* peak FILE COMMAND... - run a command and write the most memory that it took, in KiB, to FILE; its status is the
 * command's. A process of its own, so small that what it had before the command does not count. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    struct rusage used;
    int status;
    if (argc < 3)
        return 2;
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
        getrusage(RUSAGE_CHILDREN, &used) != 0)
        return 126;
    FILE *file = fopen(argv[1], "w");
    if (!file || fprintf(file, "%ld\n", used.ru_maxrss) < 0 || fclose(file) != 0)
        return 126;
    return WEXITSTATUS(status);
}

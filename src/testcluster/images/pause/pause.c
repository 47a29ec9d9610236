/* The first process of a pod: it holds the namespaces, reaps what lost its parent, and ends on SIGTERM or SIGINT. */
#include <signal.h>
#include <sys/wait.h>

int main(void) {
  sigset_t awaited;
  int signal;
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGTERM);
  sigaddset(&awaited, SIGINT);
  sigaddset(&awaited, SIGCHLD);
  /* Process 1 gets no signal that would do the default action; a blocked one waits for sigwait. */
  sigprocmask(SIG_BLOCK, &awaited, 0);
  while (sigwait(&awaited, &signal) == 0) {
    if (signal != SIGCHLD) {
      return 0;
    }
    while (waitpid(-1, 0, WNOHANG) > 0) {
    }
  }
  return 1;
}
